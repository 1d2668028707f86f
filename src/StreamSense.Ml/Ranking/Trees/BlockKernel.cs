using System.Runtime.CompilerServices;

namespace StreamSense.Ml.Ranking.Trees;

/// <summary>Sends a block of rows through one tree and finds the number of each row's leaf.</summary>
/// <typeparam name="TLanes">The vectors.</typeparam>
internal static unsafe class BlockKernel<TLanes>
    where TLanes : unmanaged, ILanes<TLanes>
{
    private const int Treelet = 7;

    /// <summary>Through a tree that is filled up to a depth of 3 to 6.</summary>
    /// <param name="node">The nodes: treelets of 7 from the bottom up, then the levels above, the lowest first.</param>
    /// <param name="depth">The depth.</param>
    /// <param name="bins">The bins of the block.</param>
    /// <param name="values">Room for 8 vectors; the numbers of the leaves come first.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Complete(BlockNode* node, int depth, byte* bins, byte* values)
    {
        int treelets = 1 << (depth - TreeCompiler.ShallowestComplete);
        Treelets(node, treelets, bins, values);
        node += treelets * Treelet;
        if (treelets == 8)
        {
            TLanes left = Choose(node + 4, bins, Choose(node, bins, 0, values), Choose(node + 1, bins, 2, values));
            TLanes right = Choose(node + 5, bins, Choose(node + 2, bins, 4, values), Choose(node + 3, bins, 6, values));
            TLanes.Store(Choose(node + 6, bins, left, right), values);
            return;
        }

        for (; treelets > 1; treelets >>= 1)
        {
            for (int i = 0; i < treelets; i += 2)
            {
                TLanes.Store(Choose(node++, bins, i, values), values + (i / 2 * TLanes.Count));
            }
        }
    }

    /// <summary>Through a tree of any shape.</summary>
    /// <param name="node">The nodes, children first.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="bins">The bins of the block.</param>
    /// <param name="values">The numbers of the leaves, then room for the stack; the root's come to its start.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Stack(StackNode* node, int count, byte* bins, byte* values)
    {
        for (StackNode* end = node + count; node < end; node++)
        {
            // By reference: what is in memory spreads over a vector for nothing.
            TLanes chosen = TLanes.Choose(&node->Test, bins, TLanes.Load(values + node->Left), TLanes.Load(values + node->Right));
            TLanes.Store(chosen, values + node->Target);
        }
    }

    // Seven splits and eight leaves at a time, in registers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Treelets(BlockNode* node, int count, byte* bins, byte* values)
    {
        TLanes zero = TLanes.Of(0);
        TLanes one = TLanes.Of(1);
        TLanes two = TLanes.Of(2);
        TLanes three = TLanes.Of(3);
        TLanes four = TLanes.Of(4);
        TLanes five = TLanes.Of(5);
        TLanes six = TLanes.Of(6);
        TLanes seven = TLanes.Of(7);
        TLanes eight = TLanes.Of(8);
        TLanes first = zero;
        for (byte* end = values + (count * TLanes.Count); values < end; values += TLanes.Count, node += Treelet)
        {
            TLanes left = Choose(
                node + 4, bins, TLanes.ChooseLeaf(node, bins, zero, one), TLanes.ChooseLeaf(node + 1, bins, two, three));
            TLanes right = Choose(
                node + 5, bins, TLanes.ChooseLeaf(node + 2, bins, four, five), TLanes.ChooseLeaf(node + 3, bins, six, seven));
            TLanes.Store(TLanes.Add(first, Choose(node + 6, bins, left, right)), values);
            first = TLanes.Add(first, eight);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Choose(BlockNode* node, byte* bins, TLanes left, TLanes right) => TLanes.Choose(node, bins, left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Choose(BlockNode* node, byte* bins, int pair, byte* values) => TLanes.Choose(
        node, bins, TLanes.Load(values + (pair * TLanes.Count)), TLanes.Load(values + ((pair + 1) * TLanes.Count)));
}
