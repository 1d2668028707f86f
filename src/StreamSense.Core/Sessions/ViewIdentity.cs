using StreamSense.Core.Events;

namespace StreamSense.Core.Sessions;

/// <summary>What a view keeps of the envelopes of its events: the latest value that was given, and the first title.</summary>
internal sealed class ViewIdentity(ContextTable contexts, ISessionObserver observer, PlayRuns runs)
{
    public void Note(ref ViewRow view, in StreamEvent e)
    {
        if (IsKnown(view, e))
        {
            return;
        }

        view.Viewer = e.Viewer.IsNone ? view.Viewer : e.Viewer;
        view.Household = e.Household.IsNone ? view.Household : e.Household;
        view.Visit = e.Visit.IsNone ? view.Visit : e.Visit;
        view.Device = e.Device.IsNone ? view.Device : e.Device;
        ViewDimensions known = view.Dimensions;
        if (e.Context != view.Said)
        {
            view.Said = e.Context;
            view.Context = contexts.InForce(view.Context, e.Context);
            ref readonly EventContext context = ref contexts[view.Context];
            view.Source = context.Source;
            known = known with { Country = context.Country, DeviceKind = context.DeviceKind };
        }

        known = known with
        {
            Title = known.Title.IsNone ? e.Title : known.Title,
            Cdn = e.Cdn.IsNone ? known.Cdn : e.Cdn,
        };
        if (view.Groups.AreUnknown || known != view.Dimensions)
        {
            runs.End(ref view);
            view.Dimensions = known;
            view.Groups = observer.GroupsOf(known);
        }

        view.Set(ViewFlags.Noted);
    }

    /// <summary>Whether a request of another view is of the player that the view is at.</summary>
    public bool IsOfPlayer(in ViewRow view, in StreamEvent request) =>
        view.Device == request.Device && view.Source == contexts[request.Context].Source;

    // Nearly every event says of its view what the one before it said, or nothing.
    public static bool IsKnown(in ViewRow view, in StreamEvent e) =>
        e.Context == view.Said
        && (e.Device == view.Device || e.Device.IsNone)
        && (e.Viewer == view.Viewer || e.Viewer.IsNone)
        && (e.Visit == view.Visit || e.Visit.IsNone)
        && (e.Cdn == view.Dimensions.Cdn || e.Cdn.IsNone)
        && (e.Household.IsNone || e.Household == view.Household)
        && view.Has(ViewFlags.Noted)
        && !(view.Dimensions.Title.IsNone && !e.Title.IsNone);
}
