namespace StreamSense.Ml.Features.Columns;

/// <summary>A computation for some candidates at once.</summary>
/// <remarks>Implement it as a struct: the loop is compiled for it and for each width.</remarks>
internal interface ILaneStep
{
    /// <summary>Computes the numbers from one candidate on.</summary>
    T Compute<T>(int index)
        where T : struct, ILanes<T>;
}
