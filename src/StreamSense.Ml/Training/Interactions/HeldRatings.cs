namespace StreamSense.Ml.Training.Interactions;

/// <summary>A tenth of the ratings that is kept back, so that a trainer can choose its own settings by what predicts it best.</summary>
/// <remarks>Which are kept back depends on the data and the seed alone. Memory: a second copy of the ratings.</remarks>
internal sealed class HeldRatings
{
    private const int OneOf = 10;

    private readonly List<(int User, int Item, float Value)> _held = [];

    /// <summary>Cuts the data.</summary>
    /// <param name="data">The ratings.</param>
    /// <param name="seed">Which of the possible cuts.</param>
    public HeldRatings(InteractionMatrix data, long seed)
    {
        var keeps = new bool[data.Count];
        var random = new SplitMix(seed, stream: 1);
        int cell = 0;
        for (int user = 0; user < data.Users; user++)
        {
            for (int i = 0; i < data.ItemsOf(user).Length; i++, cell++)
            {
                keeps[cell] = random.Below(OneOf) != 0;
                if (!keeps[cell])
                {
                    _held.Add((user, data.ItemsOf(user)[i], data.ValuesOf(user)[i]));
                }
            }
        }

        Train = data.Where(keeps);
    }

    /// <summary>What is left to train on.</summary>
    public InteractionMatrix Train { get; }

    /// <summary>The root of the mean squared error of biases alone.</summary>
    /// <param name="biases">The biases, of what is left.</param>
    public double ErrorOf(RatingBiases biases)
    {
        double sum = 0;
        foreach ((int user, int item, float value) in _held)
        {
            double error = value - Clamped(biases, biases.Predict(user, item));
            sum += error * error;
        }

        return Math.Sqrt(sum / Math.Max(1, _held.Count));
    }

    /// <summary>In which share a model that is mixed with biases alone predicts best: least squares, kept from 0 to 1.</summary>
    /// <param name="biases">The biases, of what is left.</param>
    /// <param name="model">The model, of what is left.</param>
    public double ShareOf(RatingBiases biases, BiasedMfModel model)
    {
        double product = 0;
        double squares = 0;
        foreach ((int user, int item, float value) in _held)
        {
            double alone = biases.Predict(user, item);
            double more = model.Unclamped(user, item) - alone;
            product += more * (value - alone);
            squares += more * more;
        }

        return squares > 0 ? Math.Clamp(product / squares, 0, 1) : 1;
    }

    /// <summary>The root of the mean squared error of a mix.</summary>
    /// <param name="biases">The biases, of what is left.</param>
    /// <param name="model">The model, of what is left.</param>
    /// <param name="share">The share of the model.</param>
    public double ErrorOf(RatingBiases biases, BiasedMfModel model, double share)
    {
        double sum = 0;
        foreach ((int user, int item, float value) in _held)
        {
            double alone = biases.Predict(user, item);
            double error = value - Clamped(biases, alone + (share * (model.Unclamped(user, item) - alone)));
            sum += error * error;
        }

        return Math.Sqrt(sum / Math.Max(1, _held.Count));
    }

    private static double Clamped(RatingBiases biases, double rating) =>
        Math.Clamp(rating, biases.Scale.Range.Lowest, biases.Scale.Range.Highest);
}
