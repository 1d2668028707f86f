using System.Numerics;

namespace StreamSense.Ml.Ranking.Trees;

/// <summary>Scores rows by an ensemble, many at a time and with the bits of <see cref="TreeTraversal"/>.</summary>
/// <remarks>
/// Compiled once: each feature becomes bytes that say between which thresholds a value lies, exactly, and a block of 16, 32 or 64 rows is
/// compared with all splits of a tree at once; trees too large for that, and rows too few, walk from the root. Immutable and safe for many
/// threads, allocates nothing per call, and keeps about 40 bytes a split. A row's score does not depend on the other rows.
/// </remarks>
public sealed class TreeScorer
{
    private const int MostGroupRows = 256;
    private const int GroupBytes = 1 << 16;

    private readonly TreeProgram _program;
    private readonly int _rowFeatures;
    private readonly int _groupRows;

    /// <summary>Compiles an ensemble.</summary>
    /// <param name="ensemble">The trees.</param>
    /// <exception cref="ArgumentException">
    /// Leaves add up to more than the ensemble's arithmetic can hold, or the base score or scale is not finite.
    /// </exception>
    public TreeScorer(TreeEnsemble ensemble)
        : this(ensemble, TreeWidths.Best)
    {
    }

    /// <summary>Compiles an ensemble for a processor.</summary>
    internal TreeScorer(TreeEnsemble ensemble, TreeWidth width)
        : this(ensemble, [.. Enumerable.Range(0, ensemble?.FeatureNames.Length ?? 0)], ensemble?.FeatureNames.Length ?? 0, width)
    {
    }

    /// <summary>Compiles an ensemble for rows that hold its features in another order.</summary>
    /// <param name="ensemble">The trees.</param>
    /// <param name="sources">Where each feature of the ensemble lies in a row.</param>
    /// <param name="rowFeatures">How many features a row has.</param>
    /// <param name="width">How many rows a block has.</param>
    internal TreeScorer(TreeEnsemble ensemble, ReadOnlySpan<int> sources, int rowFeatures, TreeWidth width)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        EnsureFinite(ensemble);
        Ensemble = ensemble;
        _rowFeatures = rowFeatures;
        _program = TreeCompiler.Compile(ensemble, sources, width);
        int fitting = GroupBytes / Math.Max(1, _program.Bins.Columns) / (int)width * (int)width;
        _groupRows = Math.Clamp(fitting, (int)width, MostGroupRows);
    }

    /// <summary>The trees.</summary>
    public TreeEnsemble Ensemble { get; }

    /// <summary>How much working memory a call needs.</summary>
    /// <remarks>
    /// Bounded whatever the number of rows: 64 KB of bins, or a block of rows if one has more columns than that, 2 KB of sums, and room
    /// for the leaf numbers of trees that are not filled up, 33 KB at most.
    /// </remarks>
    /// <param name="maxRows">How many rows the call has at most.</param>
    /// <returns>Bytes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public int ScratchBytes(int maxRows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxRows);
        int width = (int)_program.Width;
        var rows = (int)Math.Min(_groupRows, ((long)maxRows + width - 1) / width * width);
        return checked(width + (_program.Values * width) + (rows * (sizeof(double) + Math.Max(1, _program.Bins.Columns))));
    }

    /// <summary>Scores rows.</summary>
    /// <param name="rows">The rows, with as many features as the ensemble.</param>
    /// <param name="scores">Room for one score a row; rounded where the ensemble adds in 64 bits.</param>
    /// <param name="scratch">At least <see cref="ScratchBytes"/> for this many rows, content undefined.</param>
    /// <param name="output">What is asked for.</param>
    /// <exception cref="ArgumentException">The rows have another number of features, or there is too little room.</exception>
    public void Score(in TreeRows rows, Span<float> scores, Span<byte> scratch, TreeOutput output = TreeOutput.Answer)
    {
        EnsureRoom(rows, scores.Length, scratch.Length);
        Run(rows, scores, [], scratch, output);
    }

    /// <summary>Scores rows.</summary>
    /// <param name="rows">The rows, with as many features as the ensemble.</param>
    /// <param name="scores">Room for one score a row.</param>
    /// <param name="scratch">At least <see cref="ScratchBytes"/> for this many rows, content undefined.</param>
    /// <param name="output">What is asked for.</param>
    /// <exception cref="ArgumentException">The rows have another number of features, or there is too little room.</exception>
    public void Score(in TreeRows rows, Span<double> scores, Span<byte> scratch, TreeOutput output = TreeOutput.Answer)
    {
        EnsureRoom(rows, scores.Length, scratch.Length);
        Run(rows, [], scores, scratch, output);
    }

    private static void EnsureFinite(TreeEnsemble ensemble)
    {
        double bound = Math.Abs(ensemble.BaseScore);
        foreach (DecisionTree tree in ensemble.Trees)
        {
            double greatest = 0;
            foreach (double leaf in tree.Leaves)
            {
                greatest = Math.Max(greatest, Math.Abs(leaf));
            }

            bound += greatest;
        }

        // Half, so that no rounding on the way reaches what is beyond: an infinite sum could meet its opposite and be no number.
        double most = ensemble.Arithmetic == TreeArithmetic.Single ? float.MaxValue / 2 : double.MaxValue / 2;
        if (!(bound <= most) || !double.IsFinite(ensemble.LinkScale))
        {
            throw new ArgumentException($"The leaves add up to {bound} at most, or the scale is not finite.", nameof(ensemble));
        }
    }

    private void EnsureRoom(in TreeRows rows, int scores, int scratch)
    {
        if (rows.Features != _rowFeatures)
        {
            throw new ArgumentException($"The rows have {rows.Features} features, {_rowFeatures} are needed.", nameof(rows));
        }

        if (scores < rows.Count || scratch < ScratchBytes(rows.Count))
        {
            throw new ArgumentException(
                $"{rows.Count} rows need {rows.Count} scores and {ScratchBytes(rows.Count)} bytes of scratch.", nameof(scores));
        }
    }

    private void Run(in TreeRows rows, Span<float> singles, Span<double> doubles, Span<byte> scratch, TreeOutput output)
    {
        switch (_program.Width)
        {
            case TreeWidth.Bits512:
                Run<Lanes512>(rows, singles, doubles, scratch, output);
                break;
            case TreeWidth.Bits256:
                Run<Lanes256>(rows, singles, doubles, scratch, output);
                break;
            default:
                Run<Lanes128>(rows, singles, doubles, scratch, output);
                break;
        }
    }

    private void Run<TLanes>(in TreeRows rows, Span<float> singles, Span<double> doubles, Span<byte> scratch, TreeOutput output)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        if (Ensemble.Arithmetic == TreeArithmetic.Single)
        {
            Run<TLanes, float>(_program.SingleLeaves, rows, singles, doubles, scratch, output);
        }
        else
        {
            Run<TLanes, double>(_program.DoubleLeaves, rows, singles, doubles, scratch, output);
        }
    }

    private unsafe void Run<TLanes, TSum>(
        TSum[] leaves, in TreeRows rows, Span<float> singles, Span<double> doubles, Span<byte> scratch, TreeOutput output)
        where TLanes : unmanaged, ILanes<TLanes>
        where TSum : unmanaged, INumber<TSum>
    {
        TSum start = TSum.CreateTruncating(Ensemble.BaseScore);
        fixed (float* source = rows.Values)
        fixed (byte* room = scratch)
        {
            // A vector that crosses a cache line costs two.
            byte* values = (byte*)(((nuint)room + (nuint)TLanes.Count - 1) & ~((nuint)TLanes.Count - 1));
            byte* bins = values + (_program.Values * TLanes.Count);
            for (int i = 0; i < _program.LeafNumbers; i++)
            {
                TLanes.Store(TLanes.Of((byte)i), values + (i * TLanes.Count));
            }

            for (int first = 0; first < rows.Count; first += _groupRows)
            {
                int count = Math.Min(_groupRows, rows.Count - first);
                int padded = (count + TLanes.Count - 1) / TLanes.Count * TLanes.Count;
                var sums = (TSum*)(bins + (padded * Math.Max(1, _program.Bins.Columns)));
                new Span<TSum>(sums, padded).Fill(start);
                Sum<TLanes, TSum>(leaves, source + ((nint)first * rows.RowStride), rows, count, bins, values, sums);
                for (int row = 0; row < count; row++)
                {
                    double score = TreeAnswer.Of(Ensemble, double.CreateTruncating(sums[row]), output);
                    if (singles.IsEmpty)
                    {
                        doubles[first + row] = score;
                    }
                    else
                    {
                        singles[first + row] = (float)score;
                    }
                }
            }
        }
    }

    private unsafe void Sum<TLanes, TSum>(
        TSum[] leaves, float* source, in TreeRows rows, int count, byte* bins, byte* values, TSum* sums)
        where TLanes : unmanaged, ILanes<TLanes>
        where TSum : unmanaged, INumber<TSum>
    {
        nint stride = (nint)_program.Bins.Columns * TLanes.Count;
        for (int row = 0; row < count; row += TLanes.Count)
        {
            BinKernel<TLanes>.Fill(
                _program.Bins,
                source + ((nint)row * rows.RowStride),
                rows,
                Math.Min(TLanes.Count, count - row),
                bins + (row / TLanes.Count * stride));
        }

        int blocks = count / TLanes.Count;
        int rest = count % TLanes.Count;
        if (rest >= _program.FewestInBlock)
        {
            blocks++;
            rest = 0;
        }

        if (blocks > 0)
        {
            TreeRun<TLanes, TSum>.Blocks(_program, leaves, bins, blocks, values, sums);
        }

        for (int row = count - rest; row < count; row++)
        {
            sums[row] = TreeRun<TLanes, TSum>.Row(_program, bins + (blocks * stride) + (row - (blocks * TLanes.Count)), sums[row]);
        }
    }
}
