using System.Globalization;
using System.Runtime.InteropServices;

namespace StreamSense.Throughput.Training;

/// <summary>Trains by XGBoost's C library, if the machine has it.</summary>
internal static unsafe partial class XgboostTraining
{
    private const string Library = "libxgboost.so.0";

    /// <summary>Whether the library is here.</summary>
    public static bool IsHere => NativeLibrary.TryLoad(Library, out _);

    /// <summary>Fits trees by the histogram method on one thread.</summary>
    /// <param name="rows">The values, row by row.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="features">How many values a row has.</param>
    /// <param name="trees">How many trees to fit.</param>
    /// <returns>How many were fitted.</returns>
    public static int Train(float[] rows, float[] labels, int features, int trees)
    {
        nint matrix = 0;
        nint booster = 0;
        try
        {
            fixed (float* values = rows)
            fixed (float* targets = labels)
            {
                Check(XGDMatrixCreateFromMat_omp(values, (ulong)labels.Length, (ulong)features, float.NaN, &matrix, 1));
                Check(XGDMatrixSetFloatInfo(matrix, "label", targets, (ulong)labels.Length));
            }

            Check(XGBoosterCreate(&matrix, 1, &booster));
            (string Name, string Value)[] settings =
            [
                ("objective", "reg:squarederror"), ("tree_method", "hist"), ("nthread", "1"), ("max_depth", "6"), ("eta", "0.1"),
                ("max_bin", "255"), ("min_child_weight", "1"), ("verbosity", "0"),
            ];
            foreach ((string name, string value) in settings)
            {
                Check(XGBoosterSetParam(booster, name, value));
            }

            for (int tree = 0; tree < trees; tree++)
            {
                Check(XGBoosterUpdateOneIter(booster, tree, matrix));
            }

            int fitted;
            Check(XGBoosterBoostedRounds(booster, &fitted));
            return fitted;
        }
        finally
        {
            if (booster != 0)
            {
                XGBoosterFree(booster);
            }

            if (matrix != 0)
            {
                XGDMatrixFree(matrix);
            }
        }
    }

    private static void Check(int code)
    {
        if (code != 0)
        {
            string why = Marshal.PtrToStringUTF8(XGBGetLastError()) ?? code.ToString(CultureInfo.InvariantCulture);
            throw new InvalidOperationException("XGBoost: " + why);
        }
    }

    [LibraryImport(Library)]
    private static partial int XGDMatrixCreateFromMat_omp(
        float* data, ulong rows, ulong columns, float missing, nint* matrix, int threads);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int XGDMatrixSetFloatInfo(nint matrix, string field, float* values, ulong length);

    [LibraryImport(Library)]
    private static partial int XGBoosterCreate(nint* matrices, ulong count, nint* booster);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int XGBoosterSetParam(nint booster, string name, string value);

    [LibraryImport(Library)]
    private static partial int XGBoosterUpdateOneIter(nint booster, int iteration, nint matrix);

    [LibraryImport(Library)]
    private static partial int XGBoosterBoostedRounds(nint booster, int* rounds);

    [LibraryImport(Library)]
    private static partial int XGBoosterFree(nint booster);

    [LibraryImport(Library)]
    private static partial int XGDMatrixFree(nint matrix);

    [LibraryImport(Library)]
    private static partial nint XGBGetLastError();
}
