using StreamSense.Core.Events;

namespace StreamSense.Ml.Training.Joins;

/// <summary>The rows of one ranking.</summary>
/// <param name="Request">The request.</param>
/// <param name="Viewer">The viewer; none without consent to personalisation.</param>
/// <param name="Time">When titles were wanted.</param>
/// <param name="Rows">How many rows it has, at least one.</param>
public readonly record struct TrainingGroup(RequestId Request, ViewerId Viewer, EventTime Time, int Rows);
