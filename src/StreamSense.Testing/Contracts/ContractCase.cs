namespace StreamSense.Testing.Contracts;

/// <summary>One promise of a contract, as a check that any test framework can run.</summary>
/// <param name="Name">What is promised, as <c>Member_Condition_Outcome</c>.</param>
/// <param name="Run">Checks it; throws <see cref="ContractViolationException"/> where it is not kept.</param>
public sealed record ContractCase(string Name, Action Run)
{
    /// <summary>The promise.</summary>
    public override string ToString() => Name;
}
