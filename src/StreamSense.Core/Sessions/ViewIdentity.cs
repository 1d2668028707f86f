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
        if (e.Context != view.Context)
        {
            ref readonly EventContext context = ref contexts[e.Context];
            view.Context = e.Context.Value == 0 ? view.Context : e.Context;
            view.Source = context.Source.IsNone ? view.Source : context.Source;
            view.App = context.App.IsNone ? view.App : context.App;
            view.Asn = context.Asn.IsNone ? view.Asn : context.Asn;
            known = known with
            {
                Country = context.Country.IsNone ? known.Country : context.Country,
                DeviceKind = context.DeviceKind.IsNone ? known.DeviceKind : context.DeviceKind,
            };
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

    // Nearly every event says of its view what the one before it said.
    public static bool IsKnown(in ViewRow view, in StreamEvent e) =>
        e.Context == view.Context
        && e.Device == view.Device
        && e.Viewer == view.Viewer
        && e.Visit == view.Visit
        && e.Cdn == view.Dimensions.Cdn
        && (e.Household.IsNone || e.Household == view.Household)
        && view.Has(ViewFlags.Noted)
        && !(view.Dimensions.Title.IsNone && !e.Title.IsNone);
}
