namespace StreamSense.Core.Metrics.Audience;

/// <summary>How many binges there were, and of how many episodes.</summary>
internal struct BingeCount
{
    public long Sessions;
    public long Episodes;

    public void Add(int episodes, int fewest)
    {
        if (episodes >= fewest)
        {
            Sessions++;
            Episodes += episodes;
        }
    }

    public void Add(in BingeCount other, long scale)
    {
        Sessions += other.Sessions * scale;
        Episodes += other.Episodes * scale;
    }
}
