namespace StreamSense.Ml.Features.State;

/// <summary>The visit under way: its id, when it began, its last signal, its signals, and how many visits there were.</summary>
internal sealed class VisitCell(int selector, TimeSpan gap) : StateCell
{
    /// <summary>The place of the id; 0 if the visit has none.</summary>
    public const int Visit = 0;

    /// <summary>The place of the begin, in Unix microseconds.</summary>
    public const int Began = 1;

    /// <summary>The place of the last signal, in Unix microseconds; 0 if there was none.</summary>
    public const int Last = 2;

    /// <summary>The place of the number of signals.</summary>
    public const int Signals = 3;

    /// <summary>The place of the number of visits.</summary>
    public const int Visits = 4;

    private readonly int[] _selectors = [selector];

    /// <summary>How long a visit outlasts its last signal, in microseconds.</summary>
    public long GapMicroseconds { get; } = (long)gap.TotalMicroseconds;

    /// <inheritdoc/>
    public override int Words => 5;

    /// <inheritdoc/>
    public override bool IsHot => false;

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Selectors => _selectors;

    /// <inheritdoc/>
    public override void Update(Span<long> cell, in Occurrence occurrence, ReadOnlySpan<double> weights)
    {
        if (occurrence.Retracts || double.IsNaN(weights[selector]))
        {
            return;
        }

        long time = occurrence.Time.UnixMicroseconds;
        long visit = (long)occurrence.Visit.Value;
        bool isAnother = cell[Last] == 0
            || (visit != 0 && cell[Visit] != 0 && visit != cell[Visit])
            || time - cell[Last] > GapMicroseconds;
        if (isAnother && time >= cell[Last])
        {
            cell[Visit] = visit;
            cell[Began] = time;
            cell[Signals] = 0;
            cell[Visits]++;
        }
        else if (isAnother || time < cell[Began] - GapMicroseconds)
        {
            // A signal that came late, of a visit that is over.
            return;
        }

        cell[Visit] = cell[Visit] == 0 ? visit : cell[Visit];
        cell[Began] = Math.Min(cell[Began], time);
        cell[Last] = Math.Max(cell[Last], time);
        cell[Signals]++;
    }

    /// <inheritdoc/>
    public override void Merge(Span<long> cell, ReadOnlySpan<long> other)
    {
        long visits = cell[Visits] + other[Visits];
        bool isOne = cell[Last] != 0 && other[Last] != 0 && cell[Visit] == other[Visit]
            && cell[Began] - GapMicroseconds <= other[Last] && other[Began] - GapMicroseconds <= cell[Last];
        if (isOne)
        {
            cell[Began] = Math.Min(cell[Began], other[Began]);
            cell[Last] = Math.Max(cell[Last], other[Last]);
            cell[Signals] += other[Signals];
            visits--;
        }
        else if (other[Last] > cell[Last])
        {
            other.CopyTo(cell);
        }

        cell[Visits] = visits;
    }
}
