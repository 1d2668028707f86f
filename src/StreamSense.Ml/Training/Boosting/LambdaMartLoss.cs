using System.Buffers;

namespace StreamSense.Ml.Training.Boosting;

/// <summary>The derivatives of LambdaMART: each pair of rows of a group that are graded differently pulls the better one up and pushes the
/// other down, by as much as NDCG would change if they swapped places.</summary>
/// <remarks>
/// Burges: From RankNet to LambdaRank to LambdaMART (MSR-TR-2010-82), sections 4 to 7. Pairs reach down to a rank (truncation). If groups
/// are normalised, the weight of a pair is divided by the distance of its scores, and the sum of a group's pulls is brought to its
/// logarithm, as LightGBM does. The first derivatives of a group sum to zero.
/// </remarks>
internal sealed class LambdaMartLoss : BoostingLoss
{
    private const int Chunk = 16;
    private const double ScoreDistance = 0.01;
    private readonly BoostingOptions _options;
    private readonly BoostingData _data;
    private readonly WorkSharing _sharing;
    private readonly int[] _starts;
    private readonly double[] _inverseIdeals;
    private readonly double[] _discounts;
    private readonly double[] _rowGains;

    /// <summary>Takes rows.</summary>
    /// <param name="options">The rules.</param>
    /// <param name="data">The rows.</param>
    /// <param name="sharing">Shares the groups among threads.</param>
    public LambdaMartLoss(BoostingOptions options, BoostingData data, WorkSharing sharing)
    {
        _options = options;
        _data = data;
        _sharing = sharing;
        _starts = new int[data.GroupSizes.Length + 1];
        _inverseIdeals = new double[data.GroupSizes.Length];
        _discounts = new double[data.GroupSizes.AsSpan().IsEmpty ? 0 : data.GroupSizes.Max()];
        for (int place = 0; place < _discounts.Length; place++)
        {
            _discounts[place] = GroupGain.OfPlace(place);
        }

        _rowGains = new double[data.Rows];
        for (int row = 0; row < _rowGains.Length; row++)
        {
            _rowGains[row] = GroupGain.OfGrade(data.Labels.Span[row]);
        }

        for (int group = 0; group < _inverseIdeals.Length; group++)
        {
            _starts[group + 1] = _starts[group] + data.GroupSizes[group];
            double ideal = GroupGain.Ideal(data.Labels.Span[_starts[group].._starts[group + 1]], options.Truncation);
            _inverseIdeals[group] = ideal > 0 ? 1 / ideal : 0;
        }
    }

    /// <inheritdoc/>
    public override double BaseScore => 0;

    /// <inheritdoc/>
    public override void Derive(ReadOnlyMemory<float> scores, Memory<float> gradients, Memory<float> hessians) =>
        _sharing.Run((_inverseIdeals.Length + Chunk - 1) / Chunk, 200L * _data.Rows, chunk =>
        {
            int end = Math.Min(_inverseIdeals.Length, (chunk + 1) * Chunk);
            for (int group = chunk * Chunk; group < end; group++)
            {
                Range rows = _starts[group].._starts[group + 1];
                Derive(group, scores.Span[rows], gradients.Span[rows], hessians.Span[rows]);
            }
        });

    /// <inheritdoc/>
    public override double Mean(ReadOnlySpan<float> scores) =>
        1 - GroupGain.MeanNdcg(scores, _data.Labels.Span, _data.GroupSizes.AsSpan(), _options.ValidationTruncation);

    private void Derive(int group, ReadOnlySpan<float> scores, Span<float> gradients, Span<float> hessians)
    {
        gradients.Clear();
        hessians.Clear();
        if (_inverseIdeals[group] == 0)
        {
            return;
        }

        int size = scores.Length;
        int[] order = ArrayPool<int>.Shared.Rent(size);
        double[] sums = ArrayPool<double>.Shared.Rent(2 * size);
        Span<double> first = sums.AsSpan(0, size);
        Span<double> second = sums.AsSpan(size, size);
        first.Clear();
        second.Clear();
        GroupOrder.Of(scores, order.AsSpan(0, size));
        ReadOnlySpan<double> gains = _rowGains.AsSpan(_starts[group], size);
        double pull = AddPairs(order.AsSpan(0, size), scores, gains, _inverseIdeals[group], first, second);
        double scale = _options.NormalizeGroups && pull > 0 ? Math.Log2(1 + pull) / pull : 1;
        ReadOnlySpan<float> weights = _data.Weights.Span;
        for (int row = 0; row < size; row++)
        {
            double weight = scale * (weights.IsEmpty ? 1 : weights[_starts[group] + row]);
            gradients[row] = (float)(weight * first[row]);
            hessians[row] = (float)(weight * second[row]);
        }

        ArrayPool<int>.Shared.Return(order);
        ArrayPool<double>.Shared.Return(sums);
    }

    private double AddPairs(
        ReadOnlySpan<int> order,
        ReadOnlySpan<float> scores,
        ReadOnlySpan<double> gains,
        double inverseIdeal,
        Span<double> first,
        Span<double> second)
    {
        double all = 0;
        bool normalize = _options.NormalizeGroups && scores[order[0]] != scores[order[^1]];
        int last = Math.Min(_options.Truncation, order.Length - 1);
        for (int place = 0; place < last; place++)
        {
            int upper = order[place];
            for (int lowerPlace = place + 1; lowerPlace < order.Length; lowerPlace++)
            {
                int lower = order[lowerPlace];
                if (gains[upper] == gains[lower])
                {
                    continue;
                }

                (int better, int worse) = gains[upper] > gains[lower] ? (upper, lower) : (lower, upper);
                double distance = (double)scores[better] - scores[worse];
                double change = (gains[better] - gains[worse]) * (_discounts[place] - _discounts[lowerPlace]) * inverseIdeal;
                if (normalize)
                {
                    change /= ScoreDistance + Math.Abs(distance);
                }

                double doubt = 1 / (1 + Math.Exp(distance));
                double pull = doubt * change;
                double curvature = pull * (1 - doubt);
                first[better] -= pull;
                first[worse] += pull;
                second[better] += curvature;
                second[worse] += curvature;
                all += 2 * pull;
            }
        }

        return all;
    }
}
