using FsCheck;
using FsCheck.Fluent;
using StreamSense.Ml.Features.Columns;

namespace StreamSense.Ml.Tests.Features.Columns;

public sealed class LaneMathTests
{
    private static readonly LaneWidth[] Widths = Enum.GetValues<LaneWidth>();

    [Fact]
    public void PowerOfTwo_AnyNumber_IsNearTheRuntimesAndTheSameInEveryWidth()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(ArbMap.Default.ArbFor<double>(), value =>
        {
            double[] found = InAllWidths(new PowerStep(value % 1100));
            double exponent = value % 1100;
            double expected = exponent < -1022 ? 0 : exponent < 1023 ? Math.Pow(2, exponent) : double.NaN;
            Assert.True(Near(expected, found[0], 1e-12), $"2^{exponent} = {found[0]}, not {expected}");
            Assert.All(found, each => Assert.Equal(BitConverter.DoubleToInt64Bits(found[0]), BitConverter.DoubleToInt64Bits(each)));
        }));
    }

    [Fact]
    public void Logarithms_AnyNumber_AreNearTheRuntimesAndTheSameInEveryWidth()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(ArbMap.Default.ArbFor<double>(), value =>
        {
            double[] found = InAllWidths(new LogStep(value));
            double expected = double.IsNormal(value) && value > 0 ? Math.Log(value) : double.NaN;
            Assert.True(Near(expected, found[0], 1e-12), $"log {value} = {found[0]}, not {expected}");
            Assert.All(found, each => Assert.Equal(BitConverter.DoubleToInt64Bits(found[0]), BitConverter.DoubleToInt64Bits(each)));
        }));
        foreach (double small in (double[])[1e-300, 1e-17, 1e-12, -1e-12, 1e-8, 0.3, 0.7, -0.2, 1, 12345, 0])
        {
            double expected = Math.Abs(small) < 1e-5 ? small - (small * small / 2) : Math.Log(1 + small);
            Assert.All(InAllWidths(new LogOfOneMoreStep(small)), found => Assert.True(Near(expected, found, 1e-12), $"{small}: {found}"));
        }
    }

    [Fact]
    public void PowerOfTwo_WholeExponent_IsExact()
    {
        for (int exponent = -1022; exponent < 1023; exponent++)
        {
            Assert.All(InAllWidths(new PowerStep(exponent)), found => Assert.Equal(Math.ScaleB(1, exponent), found));
        }
    }

    [Fact]
    public void Run_IntoColumnAndNumbers_NumbersAreWhatTheColumnSays()
    {
        double[] values = [1, 0.1, double.NaN, 1e300, -1e-300, double.PositiveInfinity, -7, 3e38];
        foreach (LaneWidth width in Widths)
        {
            float[] column = new float[values.Length];
            double[] numbers = new double[values.Length];
            LaneLoop.Finish(values, new LaneTarget(width, column, missing: -1, numbers));

            Assert.Equal([1, 0.1f, -1, -1, 0, -1, -7, 3e38f], column);
            Assert.Equal(column.Select(value => (double)value), numbers);
            LaneLoop.Finish(values, new LaneTarget(width, numbers));
            Assert.Equal(values, numbers);
        }
    }

    [Fact]
    public void Run_PartOfARegister_IsRefused() =>
        Assert.Throws<ArgumentException>(() => LaneLoop.Finish(new double[9], new LaneTarget(LaneWidth.Bits64, new double[9])));

    private static bool Near(double expected, double found, double tolerance) =>
        double.IsNaN(expected)
            ? double.IsNaN(found)
            : Math.Abs(expected - found) <= tolerance * Math.Max(double.Epsilon, Math.Abs(expected));

    private static double[] InAllWidths<TStep>(TStep step)
        where TStep : struct, ILaneStep
    {
        var found = new double[Widths.Length];
        for (int i = 0; i < found.Length; i++)
        {
            var block = new double[LaneLoop.Block];
            LaneLoop.Run(step, new LaneTarget(Widths[i], block));
            found[i] = block[5];
        }

        return found;
    }

    private readonly struct PowerStep(double value) : ILaneStep
    {
        public T Compute<T>(int index)
            where T : struct, ILanes<T> => LaneMath.PowerOfTwo(T.All(value));
    }

    private readonly struct LogStep(double value) : ILaneStep
    {
        public T Compute<T>(int index)
            where T : struct, ILanes<T> => LaneMath.Logarithm(T.All(value));
    }

    private readonly struct LogOfOneMoreStep(double value) : ILaneStep
    {
        public T Compute<T>(int index)
            where T : struct, ILanes<T> => LaneMath.LogarithmOfOneMore(T.All(value));
    }
}
