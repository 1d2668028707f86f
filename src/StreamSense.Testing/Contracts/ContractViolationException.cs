namespace StreamSense.Testing.Contracts;

/// <summary>A promise of a contract that an implementation does not keep.</summary>
public sealed class ContractViolationException : Exception
{
    /// <summary>Says nothing of what was violated.</summary>
    public ContractViolationException()
    {
    }

    /// <summary>Says what was violated.</summary>
    /// <param name="message">What was promised, and what was found.</param>
    public ContractViolationException(string message)
        : base(message)
    {
    }

    /// <summary>Says what was violated, and what was thrown.</summary>
    /// <param name="message">What was promised, and what was found.</param>
    /// <param name="innerException">What was thrown.</param>
    public ContractViolationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
