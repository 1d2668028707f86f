using System.Diagnostics.CodeAnalysis;

namespace StreamSense.Core.Windows;

/// <summary>What is worked out over a window: a state with the four verbs start, add, merge and result.</summary>
/// <remarks>
/// <para>The verbs are static, and the aggregate is a type argument (an empty struct will do): calls cost nothing that the verbs do not
/// do themselves. Merging must be associative and commutative, with a started state as identity, and adding must be merging a state that
/// has the one input; every window operator relies on it. Sums are therefore best whole numbers.</para>
/// <para>States may be structs or classes. An operator never takes over a state by assignment: it starts one and merges into it.</para>
/// </remarks>
/// <typeparam name="TState">What is kept of the inputs.</typeparam>
/// <typeparam name="TInput">One contribution.</typeparam>
/// <typeparam name="TResult">What is told of a window.</typeparam>
public interface IWindowAggregate<TState, TInput, TResult>
{
    /// <summary>Makes a state empty, the one of a window without inputs.</summary>
    /// <param name="state">The default value the first time, later a state that is no longer needed: a class clears its instance.</param>
    static abstract void Start([AllowNull] ref TState state);

    /// <summary>Adds an input to a state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="input">The input.</param>
    static abstract void Add(ref TState state, in TInput input);

    /// <summary>Adds everything that another state has.</summary>
    /// <param name="state">The state that grows.</param>
    /// <param name="other">The other one; unchanged, and not kept by reference.</param>
    static abstract void Merge(ref TState state, in TState other);

    /// <summary>What the inputs come to.</summary>
    /// <param name="state">The state; unchanged.</param>
    static abstract TResult Result(in TState state);
}
