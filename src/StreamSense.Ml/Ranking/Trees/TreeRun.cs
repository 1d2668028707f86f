using System.Numerics;
using System.Runtime.CompilerServices;

namespace StreamSense.Ml.Ranking.Trees;

/// <summary>Sums the leaves of a group of rows, tree after tree.</summary>
/// <typeparam name="TLanes">The vectors.</typeparam>
/// <typeparam name="TSum">The numbers in which leaves are added.</typeparam>
internal static unsafe class TreeRun<TLanes, TSum>
    where TLanes : unmanaged, ILanes<TLanes>
    where TSum : unmanaged, INumber<TSum>
{
    /// <summary>Adds all trees to the sums of the rows that lie in whole blocks.</summary>
    /// <param name="program">The trees.</param>
    /// <param name="leaves">The leaves that blocks reach.</param>
    /// <param name="bins">The blocks.</param>
    /// <param name="blocks">How many blocks there are.</param>
    /// <param name="values">The numbers of leaves, then room for the stack.</param>
    /// <param name="sums">The sums.</param>
    public static void Blocks(TreeProgram program, TSum[] leaves, byte* bins, int blocks, byte* values, TSum* sums)
    {
        nint stride = (nint)program.Bins.Columns * TLanes.Count;
        byte* top = values + (program.LeafNumbers * TLanes.Count);
        fixed (BlockNode* complete = program.Complete)
        fixed (StackNode* stack = program.Stack)
        fixed (TSum* firstLeaf = leaves)
        {
            foreach (ref readonly TreeStep step in program.Steps.AsSpan())
            {
                TSum* leaf = firstLeaf + step.FirstLeaf;
                switch (step.Form)
                {
                    case TreeForm.Constant:
                        AddConstant(*leaf, sums, blocks * TLanes.Count);
                        break;
                    case TreeForm.Complete:
                        for (int block = 0; block < blocks; block++)
                        {
                            BlockKernel<TLanes>.Complete(complete + step.FirstNode, step.Depth, bins + (block * stride), top);
                            Add(top, leaf, step.Leaves, sums + (block * TLanes.Count));
                        }

                        break;
                    case TreeForm.Stack:
                        for (int block = 0; block < blocks; block++)
                        {
                            BlockKernel<TLanes>.Stack(stack + step.FirstNode, step.Nodes, bins + (block * stride), values);
                            Add(top, leaf, step.Leaves, sums + (block * TLanes.Count));
                        }

                        break;
                    default:
                        for (int block = 0; block < blocks; block++)
                        {
                            WalkBlock(program, step, bins + (block * stride), sums + (block * TLanes.Count));
                        }

                        break;
                }
            }
        }
    }

    /// <summary>Adds all trees to the sum of one row.</summary>
    /// <param name="program">The trees.</param>
    /// <param name="bins">The row's bin in the first column.</param>
    /// <param name="sum">What the row has before the first tree.</param>
    public static TSum Row(TreeProgram program, byte* bins, TSum sum)
    {
        int* at = stackalloc int[WalkKernel.Together];
        int shift = BitOperations.Log2((uint)TLanes.Count);
        fixed (WalkNode* nodes = program.Walk)
        fixed (double* leaves = program.WalkLeaves)
        {
            TreeStep[] steps = program.Steps;
            for (int first = 0; first < steps.Length; first += WalkKernel.Together)
            {
                int count = Math.Min(WalkKernel.Together, steps.Length - first);
                int depth = 0;
                for (int i = 0; i < WalkKernel.Together; i++)
                {
                    ref readonly TreeStep step = ref steps[first + Math.Min(i, count - 1)];
                    at[i] = step.WalkRoot;
                    depth = Math.Max(depth, step.Depth);
                }

                WalkKernel.Walk(nodes, at, bins, rowStep: 0, shift, depth);
                for (int i = 0; i < count; i++)
                {
                    sum += TSum.CreateTruncating(leaves[at[i]]);
                }
            }
        }

        return sum;
    }

    private static void WalkBlock(TreeProgram program, in TreeStep step, byte* bins, TSum* sums)
    {
        int* at = stackalloc int[WalkKernel.Together];
        int shift = BitOperations.Log2((uint)TLanes.Count);
        fixed (WalkNode* nodes = program.Walk)
        fixed (double* leaves = program.WalkLeaves)
        {
            for (int row = 0; row < TLanes.Count; row += WalkKernel.Together)
            {
                new Span<int>(at, WalkKernel.Together).Fill(step.WalkRoot);
                WalkKernel.Walk(nodes, at, bins + row, rowStep: 1, shift, step.Depth);
                for (int i = 0; i < WalkKernel.Together; i++)
                {
                    sums[row + i] += TSum.CreateTruncating(leaves[at[i]]);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(byte* numbers, TSum* leaves, int count, TSum* sums)
    {
        if (typeof(TSum) == typeof(float))
        {
            TLanes.AddLeaves(numbers, (float*)leaves, count, (float*)sums);
        }
        else
        {
            TLanes.AddLeaves(numbers, (double*)leaves, (double*)sums);
        }
    }

    private static void AddConstant(TSum leaf, TSum* sums, int count)
    {
        for (int row = 0; row < count; row++)
        {
            sums[row] += leaf;
        }
    }
}
