namespace StreamSense.Core.Metrics;

/// <summary>How the attempts of one source ended.</summary>
internal struct ViewEnds
{
    public long Ended;
    public long BySilence;

    public void Add(in ViewEnds other)
    {
        Ended += other.Ended;
        BySilence += other.BySilence;
    }
}
