namespace StreamSense.Ml.Models.Registry;

/// <summary>A registry cannot do what was asked: there is no such model or version, it is there already, or it may not serve.</summary>
public sealed class ModelRegistryException : InvalidOperationException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What cannot be done, and why.</param>
    /// <param name="innerException">What was thrown, or null.</param>
    public ModelRegistryException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
