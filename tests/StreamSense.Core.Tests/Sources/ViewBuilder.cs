namespace StreamSense.Core.Tests.Sources;

/// <summary>Lets a view happen: time passes by <see cref="Play"/> and <see cref="Wait"/>, everything else happens at an instant.</summary>
/// <remarks>While it plays, a beat every ten seconds and a segment every four of content; a millisecond between any two facts.</remarks>
internal sealed class ViewBuilder
{
    private const int BeatMs = 10_000;

    private readonly List<Fact> _facts = [];
    private long _now;
    private long _playhead;
    private long _sinceBeat;
    private int _kbps;
    private bool _isStarved;

    public ViewBuilder(long begins, int kbps)
    {
        _now = begins;
        _kbps = kbps;
        Say(FactKind.Request);
    }

    public IReadOnlyList<Fact> Facts => _facts;

    public ViewBuilder Say(FactKind kind)
    {
        _facts.Add(new Fact(_now, kind, _playhead, _kbps));
        _now++;
        return this;
    }

    public ViewBuilder Wait(int milliseconds)
    {
        _now += milliseconds - 1;
        return this;
    }

    public ViewBuilder Bitrate(int kbps)
    {
        _kbps = kbps;
        return Say(FactKind.Bitrate);
    }

    public ViewBuilder Start(int after) => Wait(after).Say(FactKind.Start).Bitrate(_kbps);

    public ViewBuilder Stall(int milliseconds)
    {
        Say(FactKind.BufferStart).Wait(milliseconds).Say(FactKind.BufferEnd);
        _isStarved = true;
        return this;
    }

    public ViewBuilder Seek(long to, int milliseconds, int bufferingMs = 0)
    {
        Say(FactKind.SeekStart).Wait(milliseconds / 2);
        _playhead = to;
        if (bufferingMs > 0)
        {
            Say(FactKind.BufferStart);
        }

        Wait(milliseconds / 2).Say(FactKind.SeekEnd);
        return bufferingMs > 0 ? Wait(bufferingMs).Say(FactKind.BufferEnd) : this;
    }

    public ViewBuilder Pause(int milliseconds) => Say(FactKind.Pause).Wait(milliseconds).Say(FactKind.Resume);

    public ViewBuilder Play(int seconds)
    {
        for (int i = 0; i < seconds * 2; i++)
        {
            if (_playhead / Fact.SegmentMs != (_playhead + 500) / Fact.SegmentMs || !_facts.Exists(fact => fact.Kind == FactKind.Segment))
            {
                bool isFirst = !_facts.Exists(fact => fact.Kind == FactKind.Segment);
                _facts.Add(new Fact(_now, FactKind.Segment, _playhead, _kbps, isFirst, _isStarved));
                _isStarved = false;
            }

            _now += 500;
            _playhead += 500;
            _sinceBeat += 500;
            if (_sinceBeat >= BeatMs)
            {
                Say(FactKind.Beat);
                _sinceBeat = 0;
            }
        }

        return this;
    }
}
