namespace StreamSense.Ml.Training.Interactions;

/// <summary>What each user and each item is above the mean, held near zero where there are few ratings.</summary>
/// <remarks>
/// Ridge regression on users and items, by turns: <c>bᵢ = Σ (r - μ - bᵤ) / (n + s)</c> and the same for users (Koren, "Factor in the
/// Neighbors", 2010, with sweeps until it stands). A row is summed by one thread: the bits do not depend on how many there are.
/// </remarks>
internal sealed class RatingBiases
{
    private const int Sweeps = 8;
    private const int RowsOfChunk = 256;

    private RatingBiases(RatingScale scale, int users, int items)
    {
        Scale = scale;
        Users = new float[users];
        Items = new float[items];
    }

    /// <summary>What ratings are brought to first.</summary>
    public RatingScale Scale { get; }

    /// <summary>What each user is above the mean, on the scale.</summary>
    public float[] Users { get; }

    /// <summary>What each item is above the mean, on the scale.</summary>
    public float[] Items { get; }

    /// <summary>Fits them.</summary>
    /// <param name="data">The ratings.</param>
    /// <param name="userShrinkage">How many ratings at the mean a user counts as having besides.</param>
    /// <param name="itemShrinkage">How many ratings at the mean an item counts as having besides.</param>
    /// <param name="threads">How many threads work at most.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static RatingBiases Of(
        InteractionMatrix data, double userShrinkage, double itemShrinkage, int threads, CancellationToken cancellation)
    {
        var biases = new RatingBiases(RatingScale.Of(data), data.Users, data.Items);
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            FixedChunks.Run(
                data.Items,
                RowsOfChunk,
                threads,
                () => 0,
                (from, to, _) => biases.FitItems(data, from, to, itemShrinkage),
                cancellation);
            FixedChunks.Run(
                data.Users,
                RowsOfChunk,
                threads,
                () => 0,
                (from, to, _) => biases.FitUsers(data, from, to, userShrinkage),
                cancellation);
        }

        return biases;
    }

    /// <summary>Predicts a rating, not kept within the range.</summary>
    /// <param name="user">The user.</param>
    /// <param name="item">The item.</param>
    public float Predict(int user, int item) => Scale.Range.Mean + (Scale.Deviation * (Users[user] + Items[item]));

    private void FitItems(InteractionMatrix data, int from, int to, double shrinkage)
    {
        for (int item = from; item < to; item++)
        {
            Items[item] = MeanAbove(data.UsersOf(item), data.ValuesOfItem(item), Users, shrinkage);
        }
    }

    private void FitUsers(InteractionMatrix data, int from, int to, double shrinkage)
    {
        for (int user = from; user < to; user++)
        {
            Users[user] = MeanAbove(data.ItemsOf(user), data.ValuesOf(user), Items, shrinkage);
        }
    }

    private float MeanAbove(ReadOnlySpan<int> others, ReadOnlySpan<float> values, float[] biases, double shrinkage)
    {
        double sum = 0;
        for (int i = 0; i < others.Length; i++)
        {
            sum += Scale.Scaled(values[i]) - biases[others[i]];
        }

        return others.IsEmpty ? 0 : (float)(sum / (others.Length + shrinkage));
    }
}
