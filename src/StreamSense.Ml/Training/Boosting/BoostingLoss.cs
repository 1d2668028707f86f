namespace StreamSense.Ml.Training.Boosting;

/// <summary>A loss with its derivatives by the scores of the rows.</summary>
internal abstract class BoostingLoss
{
    /// <summary>The score that every row has before the first tree.</summary>
    public abstract double BaseScore { get; }

    /// <summary>Works out the derivatives.</summary>
    /// <param name="scores">The scores of the rows.</param>
    /// <param name="gradients">Room for the first derivatives.</param>
    /// <param name="hessians">Room for the second derivatives, or for what stands for them; none below 0.</param>
    public abstract void Derive(ReadOnlyMemory<float> scores, Memory<float> gradients, Memory<float> hessians);

    /// <summary>The mean loss, which early stopping goes by.</summary>
    /// <param name="scores">The scores of the rows.</param>
    public abstract double Mean(ReadOnlySpan<float> scores);

    /// <summary>The loss of some rows together; null if a row has no loss by itself.</summary>
    /// <param name="scores">The scores of all rows.</param>
    /// <param name="rows">The rows.</param>
    public virtual double? SumOf(ReadOnlySpan<float> scores, ReadOnlySpan<int> rows) => null;

    /// <summary>Makes the loss of an objective.</summary>
    /// <param name="options">The objective and its rules.</param>
    /// <param name="data">The rows.</param>
    /// <param name="sharing">Shares the rows among threads.</param>
    public static BoostingLoss Of(BoostingOptions options, BoostingData data, WorkSharing sharing) => options.Objective switch
    {
        BoostingObjective.Logistic => new LogisticLoss(data, sharing),
        BoostingObjective.LambdaMart => new LambdaMartLoss(options, data, sharing),
        _ => new SquaredLoss(data),
    };
}
