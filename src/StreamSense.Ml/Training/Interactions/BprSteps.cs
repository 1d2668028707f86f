using System.Numerics;

namespace StreamSense.Ml.Training.Interactions;

/// <summary>The vectors of a BPR training, and the steps that move them.</summary>
internal sealed class BprSteps
{
    // So often an item that the user does not have is looked for before the draw is given up: a user may have nearly all.
    private const int MaxDraws = 16;
    private const int CheckEvery = 1 << 16;
    private const int LotsPerItem = 16;

    private readonly InteractionMatrix _data;
    private readonly int _dimensions;
    private readonly float _regularisation;
    private readonly int[] _cellUsers;
    private readonly int[] _cellItems;
    private readonly int[]? _draws;
    private SplitMix _random;

    /// <summary>Starts at random.</summary>
    public BprSteps(InteractionMatrix data, BprOptions options, double regularisation)
    {
        _data = data;
        _dimensions = options.Dimensions;
        _regularisation = (float)regularisation;
        _random = new SplitMix(options.Seed);
        Users = Start(data.Users, options.StartDeviation);
        Items = Start(data.Items, options.StartDeviation);
        Biases = new float[data.Items];
        _cellUsers = new int[data.Count];
        _cellItems = new int[data.Count];
        int cell = 0;
        for (int user = 0; user < data.Users; user++)
        {
            ReadOnlySpan<int> items = data.ItemsOf(user);
            items.CopyTo(_cellItems.AsSpan(cell));
            _cellUsers.AsSpan(cell, items.Length).Fill(user);
            cell += items.Length;
        }

        _draws = options.NegativePopularity > 0 ? Lots(data, options.NegativePopularity) : null;
    }

    /// <summary>A vector for each user.</summary>
    public float[] Users { get; }

    /// <summary>A vector for each item.</summary>
    public float[] Items { get; }

    /// <summary>What each item has of its own.</summary>
    public float[] Biases { get; }

    /// <summary>Draws as many pairs as there are interactions, and takes a step for each.</summary>
    /// <returns>The mean loss before the steps.</returns>
    public double Run(float rate, CancellationToken cancellation)
    {
        double loss = 0;
        for (int i = 0; i < _cellUsers.Length; i++)
        {
            if (i % CheckEvery == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            int cell = _random.Below(_cellUsers.Length);
            int negative = DrawNegative(_cellUsers[cell]);
            if (negative >= 0)
            {
                loss += Step(_cellUsers[cell], _cellItems[cell], negative, rate);
            }
        }

        return loss / Math.Max(1, _cellUsers.Length);
    }

    /// <summary>One step.</summary>
    /// <returns>The loss before it.</returns>
    internal double Step(int user, int positive, int negative, float rate)
    {
        Span<float> x = Users.AsSpan(user * _dimensions, _dimensions);
        Span<float> y = Items.AsSpan(positive * _dimensions, _dimensions);
        Span<float> z = Items.AsSpan(negative * _dimensions, _dimensions);
        float margin = Biases[positive] - Biases[negative] + Margin(x, y, z);
        float slope = 1 / (1 + MathF.Exp(margin));
        Move(x, y, z, rate * slope, 1 - (rate * _regularisation));
        Biases[positive] += rate * (slope - (_regularisation * Biases[positive]));
        Biases[negative] -= rate * (slope + (_regularisation * Biases[negative]));
        return margin > 0 ? Math.Log(1 + Math.Exp(-margin)) : -margin + Math.Log(1 + Math.Exp(margin));
    }

    private static float Margin(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> z)
    {
        int i = 0;
        Vector<float> sum = default;
        for (; i + Vector<float>.Count <= x.Length; i += Vector<float>.Count)
        {
            sum += new Vector<float>(x[i..]) * (new Vector<float>(y[i..]) - new Vector<float>(z[i..]));
        }

        float result = Vector.Sum(sum);
        for (; i < x.Length; i++)
        {
            result += x[i] * (y[i] - z[i]);
        }

        return result;
    }

    private static void Move(Span<float> x, Span<float> y, Span<float> z, float step, float keep)
    {
        int i = 0;
        for (; i + Vector<float>.Count <= x.Length; i += Vector<float>.Count)
        {
            var user = new Vector<float>(x[i..]);
            var liked = new Vector<float>(y[i..]);
            var other = new Vector<float>(z[i..]);
            ((user * keep) + ((liked - other) * step)).CopyTo(x[i..]);
            ((liked * keep) + (user * step)).CopyTo(y[i..]);
            ((other * keep) - (user * step)).CopyTo(z[i..]);
        }

        for (; i < x.Length; i++)
        {
            (float user, float liked, float other) = (x[i], y[i], z[i]);
            x[i] = (user * keep) + ((liked - other) * step);
            y[i] = (liked * keep) + (user * step);
            z[i] = (other * keep) - (user * step);
        }
    }

    // Each item has lots in proportion to its weight, 16 on average: to draw one is one look.
    private static int[] Lots(InteractionMatrix data, double power)
    {
        var weights = new double[data.Items];
        double sum = 0;
        for (int item = 0; item < data.Items; item++)
        {
            weights[item] = data.UsersOf(item).Length == 0 ? 0 : Math.Pow(data.UsersOf(item).Length, power);
            sum += weights[item];
        }

        var lots = new int[sum > 0 ? LotsPerItem * data.Items : 0];
        double end = 0;
        int next = 0;
        for (int item = 0; item < data.Items && sum > 0; item++)
        {
            end += weights[item] / sum * lots.Length;
            for (int last = (int)Math.Round(end); next < last && next < lots.Length; next++)
            {
                lots[next] = item;
            }
        }

        // What rounding left over goes to the last item with a weight, as the rest of the line does.
        lots.AsSpan(next).Fill(next > 0 ? lots[next - 1] : 0);
        return lots;
    }

    private int DrawNegative(int user)
    {
        ReadOnlySpan<int> taken = _data.ItemsOf(user);
        for (int draw = 0; draw < MaxDraws; draw++)
        {
            int item = DrawItem();
            if (taken.BinarySearch(item) < 0)
            {
                return item;
            }
        }

        return -1;
    }

    private int DrawItem() =>
        _draws is { Length: > 0 } ? _draws[_random.Below(_draws.Length)] : _random.Below(_data.Items);

    private float[] Start(int count, double deviation)
    {
        var result = new float[count * _dimensions];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = (float)(_random.Normal() * deviation);
        }

        return result;
    }
}
