using StreamSense.Core.Events;

namespace StreamSense.Core.Ingest.AccessLogs;

/// <summary>Cuts the requests of each device into visits, although lines are written when a request ends and not when it began.</summary>
/// <remarks>
/// Of a device the latest visit and the one before it are remembered, each with its first and last time; a line joins the visit that it
/// lies in or is near enough to, and one that bridges the two makes them one. One thread at a time.
/// </remarks>
internal sealed class VisitTable(TimeSpan gap, int maxDevices)
{
    private readonly long _gap = gap.Ticks / TimeSpan.TicksPerMicrosecond;
    private readonly RecentKeys<DeviceVisits> _devices = new(maxDevices);

    /// <summary>Finds the visit of a request.</summary>
    /// <param name="device">The device, as a keyed hash.</param>
    /// <param name="time">The time of the request.</param>
    /// <param name="isNewDevice">Whether the device was not known.</param>
    /// <param name="change">By how much the number of visits changes: 1 new, 0, -1 two became one.</param>
    /// <returns>The time that names the visit, together with the device.</returns>
    public EventTime Enter(ulong device, EventTime time, out bool isNewDevice, out int change)
    {
        long at = time.UnixMicroseconds;
        ref DeviceVisits visits = ref _devices.Touch(device, out isNewDevice);
        change = 0;
        if (isNewDevice)
        {
            visits.Latest = new Visit(at);
            change = 1;
        }
        else if (visits.Latest.IsNear(at, _gap))
        {
            visits.Latest.Take(at);
        }
        else if (visits.HasEarlier && visits.Earlier.IsNear(at, _gap))
        {
            visits.Earlier.Take(at);
        }
        else if (at > visits.Latest.Last)
        {
            visits.Earlier = visits.Latest;
            visits.HasEarlier = true;
            visits.Latest = new Visit(at);
            change = 1;
        }
        else
        {
            // Older than what is remembered: a log that is read again, or out of its place.
            visits.Earlier = new Visit(at);
            visits.HasEarlier = true;
            change = 1;
            return time;
        }

        if (visits.HasEarlier && visits.Latest.First - visits.Earlier.Last <= _gap)
        {
            visits.Latest = visits.Earlier with { Last = Math.Max(visits.Latest.Last, visits.Earlier.Last) };
            visits.HasEarlier = false;
            change--;
        }

        bool isLatest = !visits.HasEarlier || at >= visits.Latest.First;
        return new EventTime(isLatest ? visits.Latest.Name : visits.Earlier.Name);
    }

    private record struct Visit(long Name, long First, long Last)
    {
        public Visit(long at)
            : this(at, at, at)
        {
        }

        public readonly bool IsNear(long at, long gap) => at >= First - gap && at <= Last + gap;

        public void Take(long at)
        {
            First = Math.Min(First, at);
            Last = Math.Max(Last, at);
        }
    }

    private struct DeviceVisits
    {
        public Visit Latest;
        public Visit Earlier;
        public bool HasEarlier;
    }
}
