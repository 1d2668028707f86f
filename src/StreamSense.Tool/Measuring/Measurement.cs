namespace StreamSense.Tool.Measuring;

/// <summary>One run of <c>measure</c>: reads every input into one closed set, then measures it in its resolved order.</summary>
internal static class Measurement
{
    public static MeasureReport Run(MeasureOptions options, Stream standardInput, IMeasureProgress? progress, CancellationToken cancellationToken)
    {
        throw new InputException("x");
    }
}
