using StreamSense.Core.Sessions;
using StreamSense.Core.Sketches;

namespace StreamSense.Core.Metrics.Audience;

/// <summary>The distinct viewers, devices and households of a period.</summary>
internal sealed class PeriodCounters
{
    private readonly HyperLogLog _viewers = new();
    private readonly HyperLogLog _devices = new();
    private readonly HyperLogLog _households = new();
    private PeriodCounters? _copy;

    public long Viewers => _viewers.Count;

    public long Devices => _devices.Count;

    public long Households => _households.Count;

    public void Add(in PlaybackSession session)
    {
        _copy = null;
        AddTo(_viewers, session.Viewer.Value);
        AddTo(_devices, session.Device.Value);
        AddTo(_households, session.Household.Value);
    }

    public void Merge(PeriodCounters other)
    {
        _copy = null;
        _viewers.Merge(other._viewers);
        _devices.Merge(other._devices);
        _households.Merge(other._households);
    }

    /// <summary>A copy; the same one until something is added, since most periods are over.</summary>
    public PeriodCounters Copy()
    {
        if (_copy is null)
        {
            var copy = new PeriodCounters();
            copy.Merge(this);
            _copy = copy;
        }

        return _copy;
    }

    private static void AddTo(HyperLogLog counter, ulong id)
    {
        if (id != 0)
        {
            counter.Add(id);
        }
    }
}
