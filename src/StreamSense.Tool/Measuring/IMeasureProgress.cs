namespace StreamSense.Tool.Measuring;

/// <summary>Is told how far a run has come.</summary>
internal interface IMeasureProgress
{
    /// <summary>Reading begins.</summary>
    /// <param name="totalBytes">How much there is to read; null if nobody knows.</param>
    void Begin(long? totalBytes);

    /// <summary>More was read.</summary>
    /// <param name="bytes">How much more.</param>
    void Read(int bytes);

    /// <summary>All was read; measuring goes on.</summary>
    /// <param name="measured">How many events are measured.</param>
    /// <param name="total">How many there are.</param>
    void Measured(long measured, long total);
}
