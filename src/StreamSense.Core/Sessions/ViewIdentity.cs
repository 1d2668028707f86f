using StreamSense.Core.Events;

namespace StreamSense.Core.Sessions;

/// <summary>What a view keeps of the envelopes of its events: the latest value that was given, and the first title.</summary>
internal sealed class ViewIdentity(ViewTable table, PlayerIndex players, ContextTable contexts)
{
    public void Note(int row, in StreamEvent e)
    {
        ref ViewRow view = ref table[row];
        view.Viewer = e.Viewer.IsNone ? view.Viewer : e.Viewer;
        view.Household = e.Household.IsNone ? view.Household : e.Household;
        view.Visit = e.Visit.IsNone ? view.Visit : e.Visit;
        Symbol source = view.Source;
        ViewDimensions known = view.Dimensions;
        if (e.Context != view.Context)
        {
            ref readonly EventContext context = ref contexts[e.Context];
            view.Context = e.Context.Value == 0 ? view.Context : e.Context;
            source = context.Source.IsNone ? source : context.Source;
            known = known with
            {
                Country = context.Country.IsNone ? known.Country : context.Country,
                DeviceKind = context.DeviceKind.IsNone ? known.DeviceKind : context.DeviceKind,
            };
        }

        view.Dimensions = known with
        {
            Title = known.Title.IsNone ? e.Title : known.Title,
            Cdn = e.Cdn.IsNone ? known.Cdn : e.Cdn,
        };
        DeviceId device = e.Device.IsNone ? view.Device : e.Device;
        if (device != view.Device || source != view.Source)
        {
            bool indexed = view.InPlayerIndex;
            players.Remove(row);
            view.Device = device;
            view.Source = source;
            if (indexed || (view.Has(ViewFlags.Attempted) && !view.Has(ViewFlags.Ended)))
            {
                players.Add(row);
            }
        }
    }
}
