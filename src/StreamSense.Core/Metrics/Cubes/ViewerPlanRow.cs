using System.Runtime.CompilerServices;
using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Cubes;

/// <summary>The last four plans of a viewer or household, by event time, and what held before them.</summary>
internal struct ViewerPlanRow
{
    private const int MostChanges = 4;

    private Times _since;
    private Plans _plans;

    /// <summary>How many plans there are.</summary>
    private int _count;

    /// <summary>What held before the first one.</summary>
    private Symbol _before;

    /// <summary>The plan in force at an instant.</summary>
    public readonly Symbol At(EventTime time)
    {
        int place = _count;
        while (place > 0 && _since[place - 1] > time.UnixMicroseconds)
        {
            place--;
        }

        return place == 0 ? _before : _plans[place - 1];
    }

    /// <summary>Notes a plan, whatever the order in which they come.</summary>
    /// <param name="time">From when on it holds.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="isState">Whether it is what is the case rather than a change: the first one holds before, too.</param>
    public void Note(EventTime time, Symbol plan, bool isState)
    {
        if (_count == 0)
        {
            _before = isState ? plan : Symbol.None;
        }

        int place = _count;
        while (place > 0 && _since[place - 1] > time.UnixMicroseconds)
        {
            place--;
        }

        if (_count == MostChanges)
        {
            if (place == 0)
            {
                return;
            }

            _before = _plans[0];
            for (int i = 1; i < _count; i++)
            {
                _since[i - 1] = _since[i];
                _plans[i - 1] = _plans[i];
            }

            _count--;
            place--;
        }

        for (int i = _count; i > place; i--)
        {
            _since[i] = _since[i - 1];
            _plans[i] = _plans[i - 1];
        }

        _since[place] = time.UnixMicroseconds;
        _plans[place] = plan;
        _count++;
    }

    [InlineArray(MostChanges)]
    private struct Times
    {
        private long _first;
    }

    [InlineArray(MostChanges)]
    private struct Plans
    {
        private Symbol _first;
    }
}
