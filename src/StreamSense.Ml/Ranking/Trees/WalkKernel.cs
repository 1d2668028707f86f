using System.Runtime.CompilerServices;

namespace StreamSense.Ml.Ranking.Trees;

/// <summary>Walks from roots to leaves over bins, eight at a time and without a branch that depends on the data.</summary>
/// <remarks>Eight walks hide each other's waiting; a leaf is its own child, so that walks of different lengths go together.</remarks>
internal static unsafe class WalkKernel
{
    /// <summary>How many walks go together.</summary>
    public const int Together = 8;

    private const int StepsBetweenLooks = 4;

    /// <summary>Walks.</summary>
    /// <param name="nodes">The nodes of all trees.</param>
    /// <param name="at">Where each walk is: at its root before, at its leaf after.</param>
    /// <param name="bins">The bin of the first row in the first column.</param>
    /// <param name="rowStep">How far the row of each walk is from that of the one before: 0 for eight trees, 1 for eight rows.</param>
    /// <param name="shift">The logarithm of the length of a column.</param>
    /// <param name="depth">How many splits a walk passes at most.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Walk(WalkNode* nodes, int* at, byte* bins, int rowStep, int shift, int depth)
    {
        var row = (sbyte*)bins;
        int a = at[0], b = at[1], c = at[2], d = at[3], e = at[4], f = at[5], g = at[6], h = at[7];
        for (int done = 0; done < depth; done += StepsBetweenLooks)
        {
            int before = a + b + c + d + e + f + g + h;
            for (int step = 0; step < StepsBetweenLooks; step++)
            {
                a = Next(nodes + a, row, shift);
                b = Next(nodes + b, row + rowStep, shift);
                c = Next(nodes + c, row + (2 * rowStep), shift);
                d = Next(nodes + d, row + (3 * rowStep), shift);
                e = Next(nodes + e, row + (4 * rowStep), shift);
                f = Next(nodes + f, row + (5 * rowStep), shift);
                g = Next(nodes + g, row + (6 * rowStep), shift);
                h = Next(nodes + h, row + (7 * rowStep), shift);
            }

            // A child comes after its parent: if the sum stands still, all of them do.
            if (a + b + c + d + e + f + g + h == before)
            {
                break;
            }
        }

        at[0] = a;
        at[1] = b;
        at[2] = c;
        at[3] = d;
        at[4] = e;
        at[5] = f;
        at[6] = g;
        at[7] = h;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Next(WalkNode* node, sbyte* row, int shift)
    {
        int test = node->Test;
        int bin = row[(nint)(test >> 8) << shift];
        return node->Left + (int)((uint)((sbyte)test - bin) >> 31);
    }
}
