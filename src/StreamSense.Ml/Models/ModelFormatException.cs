namespace StreamSense.Ml.Models;

/// <summary>A file is not a model that can be read: damaged, cut off, of another kind, or made by a newer version.</summary>
/// <remarks>The message names the file and the place in it.</remarks>
public sealed class ModelFormatException : FormatException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, and where.</param>
    /// <param name="innerException">What was thrown while reading, or null.</param>
    public ModelFormatException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
