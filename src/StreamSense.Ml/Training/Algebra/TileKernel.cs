using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StreamSense.Ml.Training.Algebra;

/// <summary>The one product of matrices that everything dense here is made of: <c>C += sign · A · B</c>.</summary>
/// <remarks>
/// After Goto and van de Geijn 2008: a panel of B, 16 columns wide, is packed so that it stays in the first cache, and blocks of 8 × 16
/// of C
/// (4 × 8 where vectors have 256 bits) are summed in registers. A sum runs over the depth in order, one fused multiply-add after the
/// other, whatever the width: the bits are the same on any machine. Strides say how A and B lie, so that a transposed one costs nothing.
/// </remarks>
internal static unsafe class TileKernel
{
    /// <summary>Rows and columns of C come in multiples of it.</summary>
    public const int Step = 16;

    private const int PanelColumns = 16;

    /// <summary>How many doubles of scratch a product of a depth needs.</summary>
    public static int ScratchLength(int depth) => depth * PanelColumns;

    /// <summary>Adds a product to a matrix.</summary>
    /// <param name="c">What is added to, row after row.</param>
    /// <param name="size">Its rows, columns, and the distance of its rows.</param>
    /// <param name="a">The left matrix.</param>
    /// <param name="b">The right matrix.</param>
    /// <param name="depth">How many columns A and rows B has.</param>
    /// <param name="sign">What the product is multiplied by: 1 or -1.</param>
    /// <param name="panel">At least <see cref="ScratchLength"/> doubles.</param>
    /// <param name="isWide">Whether vectors of 512 bits are used.</param>
    public static void MultiplyAdd(double* c, TileSize size, Strided a, Strided b, int depth, double sign, double* panel, bool isWide)
    {
        for (int column = 0; column < size.Columns; column += PanelColumns)
        {
            Pack(b, column, depth, panel);

            // Of a symmetric product only the blocks that reach above the diagonal are wanted.
            int rows = size.UpperOnly ? Math.Min(size.Rows, column + PanelColumns) : size.Rows;
            for (int row = 0; row < rows; row += 8)
            {
                double* target = c + ((long)row * size.Distance) + column;
                double* left = a.Start + ((long)row * a.RowStride);
                if (isWide)
                {
                    Block8By16(target, size.Distance, left, a.RowStride, a.ColumnStride, panel, depth, sign);
                }
                else
                {
                    for (int part = 0; part < 4; part++)
                    {
                        int partRow = (part >> 1) * 4;
                        int partColumn = (part & 1) * 8;
                        Block4By8(
                            target + ((long)partRow * size.Distance) + partColumn,
                            size.Distance,
                            new Strided(left + ((long)partRow * a.RowStride), a.RowStride, a.ColumnStride),
                            panel + partColumn,
                            depth,
                            sign);
                    }
                }
            }
        }
    }

    private static void Pack(Strided b, int column, int depth, double* panel)
    {
        double* source = b.Start + ((long)column * b.ColumnStride);
        if (b.ColumnStride == 1)
        {
            for (int k = 0; k < depth; k++)
            {
                new ReadOnlySpan<double>(source + ((long)k * b.RowStride), PanelColumns).CopyTo(
                    new Span<double>(panel + (k * PanelColumns), PanelColumns));
            }

            return;
        }

        for (int j = 0; j < PanelColumns; j++)
        {
            double* from = source + ((long)j * b.ColumnStride);
            for (int k = 0; k < depth; k++)
            {
                panel[(k * PanelColumns) + j] = from[(long)k * b.RowStride];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block8By16(double* c, int distance, double* a, int row, int column, double* panel, int depth, double sign)
    {
        Vector512<double> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        Vector512<double> c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        Vector512<double> c60 = default, c61 = default, c70 = default, c71 = default;
        double* a4 = a + (4L * row);
        long row3 = 3L * row;
        for (int k = 0; k < depth; k++)
        {
            Vector512<double> b0 = Vector512.Load(panel);
            Vector512<double> b1 = Vector512.Load(panel + 8);
            Vector512<double> left = Vector512.Create(*a);
            c00 = Vector512.FusedMultiplyAdd(left, b0, c00);
            c01 = Vector512.FusedMultiplyAdd(left, b1, c01);
            left = Vector512.Create(a[row]);
            c10 = Vector512.FusedMultiplyAdd(left, b0, c10);
            c11 = Vector512.FusedMultiplyAdd(left, b1, c11);
            left = Vector512.Create(a[2L * row]);
            c20 = Vector512.FusedMultiplyAdd(left, b0, c20);
            c21 = Vector512.FusedMultiplyAdd(left, b1, c21);
            left = Vector512.Create(a[row3]);
            c30 = Vector512.FusedMultiplyAdd(left, b0, c30);
            c31 = Vector512.FusedMultiplyAdd(left, b1, c31);
            left = Vector512.Create(*a4);
            c40 = Vector512.FusedMultiplyAdd(left, b0, c40);
            c41 = Vector512.FusedMultiplyAdd(left, b1, c41);
            left = Vector512.Create(a4[row]);
            c50 = Vector512.FusedMultiplyAdd(left, b0, c50);
            c51 = Vector512.FusedMultiplyAdd(left, b1, c51);
            left = Vector512.Create(a4[2L * row]);
            c60 = Vector512.FusedMultiplyAdd(left, b0, c60);
            c61 = Vector512.FusedMultiplyAdd(left, b1, c61);
            left = Vector512.Create(a4[row3]);
            c70 = Vector512.FusedMultiplyAdd(left, b0, c70);
            c71 = Vector512.FusedMultiplyAdd(left, b1, c71);
            panel += PanelColumns;
            a += column;
            a4 += column;
        }

        AddTo(c, c00, c01, sign);
        AddTo(c + distance, c10, c11, sign);
        AddTo(c + (2L * distance), c20, c21, sign);
        AddTo(c + (3L * distance), c30, c31, sign);
        AddTo(c + (4L * distance), c40, c41, sign);
        AddTo(c + (5L * distance), c50, c51, sign);
        AddTo(c + (6L * distance), c60, c61, sign);
        AddTo(c + (7L * distance), c70, c71, sign);
    }

    private static void AddTo(double* c, Vector512<double> low, Vector512<double> high, double sign)
    {
        Vector512.Store(Vector512.FusedMultiplyAdd(low, Vector512.Create(sign), Vector512.Load(c)), c);
        Vector512.Store(Vector512.FusedMultiplyAdd(high, Vector512.Create(sign), Vector512.Load(c + 8)), c + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block4By8(double* c, int distance, Strided left, double* panel, int depth, double sign)
    {
        Vector256<double> c00 = default, c01 = default, c10 = default, c11 = default;
        Vector256<double> c20 = default, c21 = default, c30 = default, c31 = default;
        double* a = left.Start;
        int row = left.RowStride;
        for (int k = 0; k < depth; k++)
        {
            Vector256<double> b0 = Vector256.Load(panel);
            Vector256<double> b1 = Vector256.Load(panel + 4);
            Vector256<double> a0 = Vector256.Create(*a);
            c00 = Vector256.FusedMultiplyAdd(a0, b0, c00);
            c01 = Vector256.FusedMultiplyAdd(a0, b1, c01);
            a0 = Vector256.Create(a[row]);
            c10 = Vector256.FusedMultiplyAdd(a0, b0, c10);
            c11 = Vector256.FusedMultiplyAdd(a0, b1, c11);
            a0 = Vector256.Create(a[2L * row]);
            c20 = Vector256.FusedMultiplyAdd(a0, b0, c20);
            c21 = Vector256.FusedMultiplyAdd(a0, b1, c21);
            a0 = Vector256.Create(a[3L * row]);
            c30 = Vector256.FusedMultiplyAdd(a0, b0, c30);
            c31 = Vector256.FusedMultiplyAdd(a0, b1, c31);
            panel += PanelColumns;
            a += left.ColumnStride;
        }

        AddTo(c, c00, c01, sign);
        AddTo(c + distance, c10, c11, sign);
        AddTo(c + (2L * distance), c20, c21, sign);
        AddTo(c + (3L * distance), c30, c31, sign);
    }

    private static void AddTo(double* c, Vector256<double> low, Vector256<double> high, double sign)
    {
        Vector256.Store(Vector256.FusedMultiplyAdd(low, Vector256.Create(sign), Vector256.Load(c)), c);
        Vector256.Store(Vector256.FusedMultiplyAdd(high, Vector256.Create(sign), Vector256.Load(c + 4)), c + 4);
    }
}
