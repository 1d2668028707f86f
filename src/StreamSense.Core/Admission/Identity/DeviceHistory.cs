using System.Runtime.CompilerServices;
using StreamSense.Core.Events;

namespace StreamSense.Core.Admission.Identity;

/// <summary>The last logins and logouts on one device, in order of time.</summary>
/// <remarks>
/// Unmanaged: a row of a table. The order in which changes are noted does not matter. A device whose older changes were pushed out
/// counts as anonymous before those that are kept: an event is rather nobody's than somebody else's.
/// </remarks>
internal struct DeviceHistory
{
    /// <summary>How many changes are kept.</summary>
    public const int Capacity = 6;

    private Changes _changes;
    private int _count;

    /// <summary>Notes a change; the oldest one makes room.</summary>
    public void Note(in DeviceChange change)
    {
        Span<DeviceChange> changes = _changes;
        int place = _count;
        while (place > 0 && !changes[place - 1].IsBefore(change))
        {
            place--;
        }

        if (place < _count && changes[place].IsSameAs(change))
        {
            changes[place] = change with { MayJoin = change.MayJoin && changes[place].MayJoin };
            return;
        }

        if (_count < Capacity)
        {
            changes[place.._count].CopyTo(changes[(place + 1)..]);
            _count++;
            changes[place] = change;
        }
        else if (place > 0)
        {
            changes[1..place].CopyTo(changes);
            changes[place - 1] = change;
        }
    }

    /// <summary>Whose an event of the device is that names nobody.</summary>
    /// <param name="at">The event's time.</param>
    /// <param name="lookBack">How long before a login an event may be the viewer's.</param>
    /// <returns>The viewer; none if it is nobody's.</returns>
    public readonly ViewerId ViewerAt(EventTime at, TimeSpan lookBack)
    {
        int next = IndexAfter(at);
        DeviceChange current = StateBefore(next);
        if (!current.Viewer.IsNone)
        {
            return current.MayJoin ? current.Viewer : ViewerId.None;
        }

        return next < _count && _changes[next] is { IsLogin: true, MayJoin: true } login && login.At - at <= lookBack
            ? login.Viewer
            : ViewerId.None;
    }

    /// <summary>From when on the device's anonymous events are those of a viewer who logs in.</summary>
    /// <param name="login">When the viewer logs in.</param>
    /// <param name="lookBack">How long before the login at most.</param>
    public readonly EventTime JoinsSince(EventTime login, TimeSpan lookBack)
    {
        int index = _count;
        while (index > 0 && _changes[index - 1].At >= login)
        {
            index--;
        }

        if (!StateBefore(index).Viewer.IsNone)
        {
            return login;
        }

        EventTime earliest = login - lookBack;
        return index > 0 && _changes[index - 1].At > earliest ? _changes[index - 1].At : earliest;
    }

    private readonly int IndexAfter(EventTime at)
    {
        int index = _count;
        while (index > 0 && _changes[index - 1].At > at)
        {
            index--;
        }

        return index;
    }

    // A login ends whatever was before; a logout ends only the viewer's own login, as another may have come meanwhile.
    private readonly DeviceChange StateBefore(int index)
    {
        DeviceChange state = default;
        for (int i = 0; i < index; i++)
        {
            if (_changes[i].IsLogin)
            {
                state = _changes[i];
            }
            else if (_changes[i].Viewer == state.Viewer)
            {
                state = default;
            }
        }

        return state;
    }

    [InlineArray(Capacity)]
    private struct Changes
    {
        private DeviceChange _first;
    }
}
