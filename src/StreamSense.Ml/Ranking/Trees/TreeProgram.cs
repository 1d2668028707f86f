namespace StreamSense.Ml.Ranking.Trees;

/// <summary>An ensemble as the kernels read it.</summary>
/// <remarks>Immutable after construction.</remarks>
internal sealed class TreeProgram
{
    /// <summary>For how many rows a block is made at least, rather than that rows walk.</summary>
    public required int FewestInBlock { get; init; }

    /// <summary>How many rows a block has.</summary>
    public required TreeWidth Width { get; init; }

    /// <summary>The columns of bins.</summary>
    public required BinPlan Bins { get; init; }

    /// <summary>The trees in the order in which they add.</summary>
    public required TreeStep[] Steps { get; init; }

    /// <summary>The nodes of <see cref="TreeForm.Complete"/>.</summary>
    public required BlockNode[] Complete { get; init; }

    /// <summary>The nodes of <see cref="TreeForm.Stack"/>.</summary>
    public required StackNode[] Stack { get; init; }

    /// <summary>The leaves as blocks reach them, in 32 bits; empty for sums in 64 bits.</summary>
    public required float[] SingleLeaves { get; init; }

    /// <summary>The same in 64 bits; empty for sums in 32 bits.</summary>
    public required double[] DoubleLeaves { get; init; }

    /// <summary>The nodes of walks, of all trees.</summary>
    public required WalkNode[] Walk { get; init; }

    /// <summary>The value of each node of <see cref="Walk"/> that is a leaf; a 32-bit number where the sum has 32 bits.</summary>
    public required double[] WalkLeaves { get; init; }

    /// <summary>How many leaf numbers the trees of <see cref="TreeForm.Stack"/> need before them.</summary>
    public required int LeafNumbers { get; init; }

    /// <summary>How many vectors the values of a tree need at most.</summary>
    public required int Values { get; init; }
}
