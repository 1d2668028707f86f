using StreamSense.Core.Events;
using StreamSense.Core.Sketches;

namespace StreamSense.Core.Admission;

/// <summary>What became of the records of one source and app version on their way into a shard.</summary>
/// <remarks>Mergeable: sums and sketches. Written by one thread.</remarks>
internal sealed class SourceArrivals
{
    private const int SkewBound = 1000;

    // Single visits are counted up to three thousand; beyond that within 0.8 %.
    private const int VisitPrecision = 14;

    private readonly QuantileSketch _lateness = new();
    private readonly QuantileSketch _skew = new();
    private readonly HyperLogLog _visits = new(VisitPrecision);
    private readonly HyperLogLog _botVisits = new(VisitPrecision);

    /// <summary>Records that were applied, or will be.</summary>
    public long Accepted { get; private set; }

    /// <summary>Records seen before.</summary>
    public long Duplicates { get; set; }

    /// <summary>Records too far behind.</summary>
    public long Late { get; private set; }

    /// <summary>Accepted records that came behind their source's watermark by more than the reorder horizon.</summary>
    public long Delayed { get; private set; }

    /// <summary>Numbers of sequences that were passed over.</summary>
    public long Missing { get; set; }

    /// <summary>Accepted records whose sender's clock was put right by more than a second.</summary>
    public long Skewed { get; private set; }

    /// <summary>Accepted records of bots.</summary>
    public long BotRecords { get; private set; }

    /// <summary>Distinct visits, those of bots included.</summary>
    public long Visits => _visits.Count;

    /// <summary>Distinct visits of bots.</summary>
    public long BotVisits => _botVisits.Count;

    /// <summary>How far behind delayed and late records came, in milliseconds.</summary>
    public QuantileSketch Lateness => _lateness;

    /// <summary>By how much clocks were put right, in milliseconds, where they were.</summary>
    public QuantileSketch Skew => _skew;

    /// <summary>Notes an accepted event.</summary>
    /// <param name="e">The event.</param>
    /// <param name="record">1 if it stands for a record of its own, else 0.</param>
    /// <param name="behindMicroseconds">How far it came behind, if that is worth noting, else 0.</param>
    /// <param name="isBot">Whether its device is a bot.</param>
    public void Accept(in StreamEvent e, int record, long behindMicroseconds, bool isBot)
    {
        if (!e.Visit.IsNone)
        {
            _visits.Add(e.Visit.Value);
            if (isBot)
            {
                _botVisits.Add(e.Visit.Value);
            }
        }

        if (record == 0)
        {
            return;
        }

        Accepted++;
        BotRecords += isBot ? 1 : 0;
        if (behindMicroseconds > 0)
        {
            Delayed++;
            _lateness.Add(behindMicroseconds / EventTime.MicrosecondsPerMillisecond);
        }

        if (e.CorrectionMilliseconds != 0)
        {
            int skew = Math.Abs(e.CorrectionMilliseconds);
            _skew.Add(skew);
            Skewed += skew > SkewBound ? 1 : 0;
        }
    }

    /// <summary>Notes a late event.</summary>
    public void Refuse(int record, long behindMicroseconds)
    {
        if (record > 0)
        {
            Late++;
            _lateness.Add(behindMicroseconds / EventTime.MicrosecondsPerMillisecond);
        }
    }

    /// <summary>Adds what others have seen.</summary>
    public void Merge(SourceArrivals other)
    {
        Accepted += other.Accepted;
        Duplicates += other.Duplicates;
        Late += other.Late;
        Delayed += other.Delayed;
        Missing += other.Missing;
        Skewed += other.Skewed;
        BotRecords += other.BotRecords;
        _lateness.Merge(other._lateness);
        _skew.Merge(other._skew);
        _visits.Merge(other._visits);
        _botVisits.Merge(other._botVisits);
    }
}
