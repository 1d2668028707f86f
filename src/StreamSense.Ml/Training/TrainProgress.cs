namespace StreamSense.Ml.Training;

/// <summary>How far a training is.</summary>
/// <param name="Stage">What is being done, in a word or two: <c>sweep</c>, <c>tree</c>, <c>factorise</c>.</param>
/// <param name="Done">How many steps of it are done.</param>
/// <param name="Total">How many there are at most.</param>
/// <param name="Loss">The value that is being made smaller, where it is known.</param>
public readonly record struct TrainProgress(string Stage, int Done, int Total, double? Loss = null);
