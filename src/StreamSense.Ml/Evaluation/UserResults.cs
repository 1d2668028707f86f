using System.Collections.Immutable;
using StreamSense.Ml.Evaluation.Metrics;
using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Evaluation;

/// <summary>The metrics of each user, a row each, and what they sum up to.</summary>
/// <remarks>Any number of threads may add different users; one reads afterwards.</remarks>
internal sealed class UserResults
{
    private const int CutoffColumns = 8;

    private readonly InteractionMatrix _test;
    private readonly RankingEvaluationOptions _options;
    private readonly int[] _users;
    private readonly double[] _novelty;
    private readonly int _columns;
    private readonly int _longest;
    private readonly double[] _rows;
    private readonly int[] _lists;
    private readonly int[] _listed;
    private readonly int[] _overlaps;

    /// <summary>Makes room.</summary>
    public UserResults(InteractionMatrix train, InteractionMatrix test, int[] users, RankingEvaluationOptions options)
    {
        _test = test;
        _users = users;
        _options = options;
        _novelty = NoveltyOf(train);
        _columns = 1 + (options.Cutoffs.Length * CutoffColumns);
        _longest = options.Cutoffs.Max();
        _rows = new double[users.Length * _columns];
        _lists = new int[users.Length * _longest];
        _listed = new int[users.Length];
        _overlaps = new int[users.Length];
    }

    /// <summary>Takes what was ranked for a user.</summary>
    /// <param name="index">Which of the users.</param>
    /// <param name="ranked">What was ranked.</param>
    public void Add(int index, RankingScratch ranked)
    {
        Span<double> row = _rows.AsSpan(index * _columns, _columns);
        row[0] = ranked.ReciprocalRank;
        ReadOnlySpan<int> hits = ranked.Hits;
        int relevant = _test.ItemsOf(ranked.User).Length;
        for (int i = 0; i < _options.Cutoffs.Length; i++)
        {
            int k = _options.Cutoffs[i];
            ReadOnlySpan<int> list = ranked.List[..Math.Min(k, ranked.List.Length)];
            Span<double> cells = row.Slice(1 + (i * CutoffColumns), CutoffColumns);
            cells[0] = _options.Gain == GainKind.Binary ? RankingMeasures.NdcgAt(hits, relevant, k) : GradedNdcg(ranked.User, list, k);
            cells[1] = RankingMeasures.AveragePrecisionAt(hits, relevant, k);
            cells[2] = RankingMeasures.RecallAt(hits, relevant, k);
            cells[3] = RankingMeasures.CappedRecallAt(hits, relevant, k);
            cells[4] = RankingMeasures.PrecisionAt(hits, k);
            cells[5] = RankingMeasures.HitRateAt(hits, k);
            cells[6] = MeanNovelty(list);
            cells[7] = _options.Attributes?.DiversityOf(list) ?? 0;
        }

        ranked.List.CopyTo(_lists.AsSpan(index * _longest));
        _listed[index] = ranked.List.Length;
        _overlaps[index] = ranked.Overlap;
    }

    /// <summary>The report.</summary>
    /// <param name="model">The model's name.</param>
    public RankingReport ToReport(string model)
    {
        (ImmutableArray<CutoffReport> cutoffs, MetricEstimate mrr) = Summarise([.. Enumerable.Range(0, _users.Length)]);
        ImmutableArray<SegmentReport> segments = _options.Segment is null ? [] :
        [
            .. Enumerable.Range(0, _users.Length)
                .GroupBy(index => _options.Segment(_users[index]) ?? "", StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => ReportOf(group.Key, [.. group])),
        ];
        return new RankingReport(model, _users.Length, _test.Items, _overlaps.Sum(), cutoffs, mrr, segments);
    }

    // Self-information (Zhou et al. 2010): how many bits it says that somebody has it. Nobody counts as one.
    private static double[] NoveltyOf(InteractionMatrix train)
    {
        var novelty = new double[train.Items];
        for (int item = 0; item < novelty.Length; item++)
        {
            novelty[item] = -Math.Log2(Math.Max(1, train.UsersOf(item).Length) / (double)Math.Max(1, train.Users));
        }

        return novelty;
    }

    private SegmentReport ReportOf(string segment, int[] indices)
    {
        (ImmutableArray<CutoffReport> cutoffs, MetricEstimate mrr) = Summarise(indices);
        return new SegmentReport(segment, indices.Length, cutoffs, mrr);
    }

    private (ImmutableArray<CutoffReport> Cutoffs, MetricEstimate Mrr) Summarise(int[] indices)
    {
        double[] rows = _rows;
        if (indices.Length != _users.Length)
        {
            rows = new double[indices.Length * _columns];
            for (int i = 0; i < indices.Length; i++)
            {
                _rows.AsSpan(indices[i] * _columns, _columns).CopyTo(rows.AsSpan(i * _columns));
            }
        }

        MetricEstimate[] means = Bootstrap.MeansOf(rows, _columns, _options.BootstrapRounds, _options.Seed, _options.Threads);
        ImmutableArray<CutoffReport>.Builder cutoffs = ImmutableArray.CreateBuilder<CutoffReport>(_options.Cutoffs.Length);
        for (int i = 0; i < _options.Cutoffs.Length; i++)
        {
            ReadOnlySpan<MetricEstimate> of = means.AsSpan(1 + (i * CutoffColumns), CutoffColumns);
            MetricEstimate? diversity = _options.Attributes is null ? null : of[7];
            int k = _options.Cutoffs[i];
            cutoffs.Add(new CutoffReport(k, of[0], of[1], of[2], of[3], of[4], of[5], of[6], diversity, CoverageOf(indices, k)));
        }

        return (cutoffs.MoveToImmutable(), means[0]);
    }

    private double CoverageOf(int[] indices, int k)
    {
        var isListed = new bool[_test.Items];
        foreach (int index in indices)
        {
            foreach (int item in _lists.AsSpan(index * _longest, Math.Min(k, _listed[index])))
            {
                isListed[item] = true;
            }
        }

        return isListed.Length == 0 ? 0 : (double)isListed.AsSpan().Count(true) / isListed.Length;
    }

    private double MeanNovelty(ReadOnlySpan<int> list)
    {
        double sum = 0;
        foreach (int item in list)
        {
            sum += _novelty[item];
        }

        return list.IsEmpty ? 0 : sum / list.Length;
    }

    private double GradedNdcg(int user, ReadOnlySpan<int> list, int k)
    {
        ReadOnlySpan<int> relevant = _test.ItemsOf(user);
        ReadOnlySpan<float> values = _test.ValuesOf(user);
        var ideal = new double[relevant.Length];
        for (int i = 0; i < ideal.Length; i++)
        {
            ideal[i] = RankingMeasures.GainOf(_options.Gain, values[i]);
        }

        var gains = new double[list.Length];
        for (int i = 0; i < list.Length; i++)
        {
            int place = relevant.BinarySearch(list[i]);
            gains[i] = place < 0 ? 0 : ideal[place];
        }

        Array.Sort(ideal);
        Array.Reverse(ideal);
        return RankingMeasures.NdcgAt(gains, ideal, k);
    }
}
