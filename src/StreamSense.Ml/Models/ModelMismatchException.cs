namespace StreamSense.Ml.Models;

/// <summary>A model cannot serve where it was asked to: it reads other features, or is of a kind that cannot rank there.</summary>
public sealed class ModelMismatchException : InvalidOperationException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Which model, and what does not fit.</param>
    /// <param name="difference">In what the layouts differ; null if it is something else.</param>
    /// <param name="innerException">What was thrown, or null.</param>
    public ModelMismatchException(string message, LayoutDifference? difference = null, Exception? innerException = null)
        : base(message, innerException) => Difference = difference;

    /// <summary>In what the layouts differ; null if it is something else that does not fit.</summary>
    public LayoutDifference? Difference { get; }
}
