using System.Numerics.Tensors;
using StreamSense.Core.Events;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Candidates.Factors;
using StreamSense.Throughput.Measuring;

namespace StreamSense.Throughput.Ranking;

/// <summary>The titles with the greatest dot products, of all that there are.</summary>
/// <remarks>The baseline computes each dot product with the tensor library and keeps the best in a priority queue, as a user would; and
/// once more with the index's way of keeping the best, which leaves only the dot products to differ.</remarks>
public sealed class DotTopScenario : IScenario
{
    private const int Items = 10_000;
    private const int Dimensions = 64;
    private const int Best = 100;

    private readonly float[] _values = Normal(Items * Dimensions);
    private readonly float[] _vector = Normal(Dimensions);
    private readonly ScoredItem[] _best = new ScoredItem[Best];
    private readonly float[] _scores = new float[Items];
    private readonly PriorityQueue<int, float> _queue = new(Best + 1);

    /// <inheritdoc/>
    public string Name => "dot-top";

    /// <inheritdoc/>
    public string Summary => $"the {Best} best of {Items} titles by the dot product of {Dimensions} numbers";

    /// <inheritdoc/>
    public bool DependsOnVectors => true;

    /// <inheritdoc/>
    public ScenarioResult Run(RunOptions options)
    {
        var factors = new ItemFactors([.. Enumerable.Range(1, Items).Select(i => new TitleId((ulong)i))], Dimensions, _values);
        var exact = new FactorIndex(factors);
        var bytes = new ByteFactorIndex(factors);
        return new LatencyRunner(options).Run(
            this,
            [
                new LatencyCase(
                    $"{Items} x {Dimensions}, best {Best}",
                    [
                        new LatencyContender("FactorIndex", () => exact.Top(_vector, _best)),
                        new LatencyContender("ByteFactorIndex", () => bytes.Top(_vector, _best)),
                        new LatencyContender("TensorPrimitives.Dot, queue", TopByQueue),
                        new LatencyContender("TensorPrimitives.Dot, threshold", TopByThreshold),
                    ],
                    Best),
            ]);
    }

    // The queue that anyone would take: the worst of the best on top.
    private int TopByQueue()
    {
        _queue.Clear();
        for (int item = 0; item < Items; item++)
        {
            float score = TensorPrimitives.Dot(_vector, _values.AsSpan(item * Dimensions, Dimensions));
            if (_queue.Count < Best)
            {
                _queue.Enqueue(item, score);
            }
            else if (_queue.TryPeek(out _, out float least) && score > least)
            {
                _queue.EnqueueDequeue(item, score);
            }
        }

        return _queue.Count;
    }

    // All scores, then the same gathering above a threshold as the index has.
    private int TopByThreshold()
    {
        Span<ulong> keys = stackalloc ulong[(2 * Best) + 1];
        int count = 0;
        float least = float.NegativeInfinity;
        for (int item = 0; item < Items; item++)
        {
            _scores[item] = TensorPrimitives.Dot(_vector, _values.AsSpan(item * Dimensions, Dimensions));
        }

        for (int item = 0; item < Items; item++)
        {
            if (_scores[item] > least)
            {
                uint bits = BitConverter.SingleToUInt32Bits(_scores[item]);
                bits = (bits & 0x8000_0000) != 0 ? bits : ~bits & 0x7fff_ffff;
                keys[count++] = ((ulong)bits << 32) | (uint)item;
                if (count == 2 * Best)
                {
                    keys[..count].Sort();
                    count = Best;
                    least = _scores[(int)(uint)keys[Best - 1]];
                }
            }
        }

        keys[..count].Sort();
        return Math.Min(count, Best);
    }

    private static float[] Normal(int count)
    {
        var random = new Random(count);
        return
        [
            .. Enumerable.Range(0, count)
                .Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble()))),
        ];
    }
}
