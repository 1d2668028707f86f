namespace StreamSense.Ml.Features.Columns;

/// <summary>A number that the row of a person, or the query itself, gives once for all candidates.</summary>
/// <param name="read">Reads it.</param>
internal sealed class PersonColumn(Func<FillScratch, double> read) : Column
{
    /// <inheritdoc/>
    public override bool IsConstant => true;

    /// <inheritdoc/>
    public override void Compute(FillScratch scratch, in LaneTarget target) => target.Fill(read(scratch));
}
