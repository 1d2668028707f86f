using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using StreamSense.Ml.Training.Interactions;
using StreamSense.Throughput.Measuring;

namespace StreamSense.Throughput.Training;

/// <summary>A sweep of iALS beside its arithmetic alone: how many times its lower bound it takes.</summary>
/// <remarks>
/// For each of the two sides a sweep adds up n products v vᵀ and w v of d numbers, and solves one system of d equations a user or item:
/// <code>
/// n (d (d + 1) / 2 + d) + (users or items) (d (d + 1) / 2 + d³ / 6 + d²)   multiplications with an addition
/// </code>
/// The baseline does as many, in 32 bits, in the widest registers, many chains at once, and touches no memory.
/// </remarks>
public sealed class IalsScenario : IScenario
{
    private const int Users = 2_000;
    private const int Items = 1_500;
    private const int TakenByUser = 100;
    private const int Sweeps = 4;

    /// <inheritdoc/>
    public string Name => "ials-sweep";

    /// <inheritdoc/>
    public string Summary => "a sweep over users and items by implicit alternating least squares; an event is an interaction";

    /// <inheritdoc/>
    public bool IsLong => true;

    /// <inheritdoc/>
    public ScenarioResult Run(RunOptions options)
    {
        var matrix = new InteractionMatrix(Users, Items, Draw());
        int step = matrix.Count * Sweeps;
        RunOptions few = options with { Rounds = Math.Min(options.Rounds, 5), RoundTime = TimeSpan.FromMilliseconds(1) };
        return new ThroughputRunner(few).Run(this, [.. new[] { 64, 96 }.Select(dimensions => Case(matrix, dimensions, step))]);
    }

    private static ThroughputCase Case(InteractionMatrix matrix, int dimensions, int step)
    {
        var trainer = new IalsTrainer(new IalsOptions
        {
            Dimensions = dimensions, Sweeps = Sweeps, UnobservedWeight = 0.1, Regularisation = 0.01, Threads = 1,
        });
        long d = dimensions;
        long products = (d * (d + 1) / 2) + d;
        long solution = (d * (d + 1) / 2) + (d * d * d / 6) + (d * d);
        long sweep = (2 * matrix.Count * products) + ((Users + Items) * solution);
        return new ThroughputCase(
            $"{dimensions} dimensions",
            [
                new("IalsTrainer, 1 thread", count => Repeat(count, step, () => trainer.Train(matrix, progress: null, CancellationToken.None))),
                new("its multiplications and additions alone", count => Repeat(count, step, () => Multiply(sweep * Sweeps))),
            ],
            count => count / step,
            Threads: 1) { Step = step };
    }

    private static long Repeat(long interactions, int step, Action train)
    {
        long trained = 0;
        for (long i = 0; i < interactions / step; i++)
        {
            train();
            trained++;
        }

        return trained;
    }

    private static float Multiply(long count) => Vector512.IsHardwareAccelerated
        ? Multiply512(count / (Vector512<float>.Count * 16))
        : Multiply256(count / (Vector256<float>.Count * 8));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Multiply512(long steps)
    {
        Vector512<float> by = Vector512.Create(0.999f), a = by, b = by, c = by, d = by, e = by, f = by, g = by, h = by;
        Vector512<float> i = by, j = by, k = by, l = by, m = by, n = by, o = by, p = by;
        for (long at = 0; at < steps; at++)
        {
            a = Vector512.FusedMultiplyAdd(a, by, by);
            b = Vector512.FusedMultiplyAdd(b, by, by);
            c = Vector512.FusedMultiplyAdd(c, by, by);
            d = Vector512.FusedMultiplyAdd(d, by, by);
            e = Vector512.FusedMultiplyAdd(e, by, by);
            f = Vector512.FusedMultiplyAdd(f, by, by);
            g = Vector512.FusedMultiplyAdd(g, by, by);
            h = Vector512.FusedMultiplyAdd(h, by, by);
            i = Vector512.FusedMultiplyAdd(i, by, by);
            j = Vector512.FusedMultiplyAdd(j, by, by);
            k = Vector512.FusedMultiplyAdd(k, by, by);
            l = Vector512.FusedMultiplyAdd(l, by, by);
            m = Vector512.FusedMultiplyAdd(m, by, by);
            n = Vector512.FusedMultiplyAdd(n, by, by);
            o = Vector512.FusedMultiplyAdd(o, by, by);
            p = Vector512.FusedMultiplyAdd(p, by, by);
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Multiply256(long steps)
    {
        Vector256<float> by = Vector256.Create(0.999f), a = by, b = by, c = by, d = by, e = by, f = by, g = by, h = by;
        for (long at = 0; at < steps; at++)
        {
            a = Vector256.FusedMultiplyAdd(a, by, by);
            b = Vector256.FusedMultiplyAdd(b, by, by);
            c = Vector256.FusedMultiplyAdd(c, by, by);
            d = Vector256.FusedMultiplyAdd(d, by, by);
            e = Vector256.FusedMultiplyAdd(e, by, by);
            f = Vector256.FusedMultiplyAdd(f, by, by);
            g = Vector256.FusedMultiplyAdd(g, by, by);
            h = Vector256.FusedMultiplyAdd(h, by, by);
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h);
    }

    // Items are taken the more, the lower their number: about as often as 1 / (number + 20).
    private static IEnumerable<Interaction> Draw()
    {
        var random = new Random(1);
        var taken = new HashSet<int>();
        for (int user = 0; user < Users; user++)
        {
            taken.Clear();
            while (taken.Count < TakenByUser)
            {
                taken.Add((int)(20 * (Math.Pow((Items + 20) / 20.0, random.NextDouble()) - 1)));
            }

            foreach (int item in taken)
            {
                yield return new Interaction(user, Math.Min(item, Items - 1), 1, default);
            }
        }
    }
}
