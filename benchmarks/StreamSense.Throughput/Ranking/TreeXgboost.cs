using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using StreamSense.Ml.Models.Import;
using StreamSense.Ml.Ranking.Trees;

namespace StreamSense.Throughput.Ranking;

/// <summary>XGBoost by its C API, on one thread; there only if the machine has its library.</summary>
public sealed unsafe class TreeXgboost
{
    private readonly nint _library;
    private readonly nint _booster;
    private readonly byte[] _configuration;

    private TreeXgboost(nint library, ReadOnlySpan<float> rows, ReadOnlySpan<float> labels, int features, int trees)
    {
        _library = library;
        _configuration = Utf8(
            """{"training":false,"type":1,"iteration_begin":0,"iteration_end":0,"strict_shape":false,"cache_id":0,"missing":NaN}""");
        nint matrix;
        fixed (float* data = rows, label = labels)
        fixed (byte* field = "label\0"u8)
        {
            Check(((delegate* unmanaged<float*, ulong, ulong, float, nint*, int>)Export("XGDMatrixCreateFromMat"))(
                data, (ulong)labels.Length, (ulong)features, float.NaN, &matrix));
            Check(((delegate* unmanaged<nint, byte*, float*, ulong, int>)Export("XGDMatrixSetFloatInfo"))(
                matrix, field, label, (ulong)labels.Length));
        }

        nint booster;
        Check(((delegate* unmanaged<nint*, ulong, nint*, int>)Export("XGBoosterCreate"))(&matrix, 1, &booster));
        _booster = booster;
        Set("nthread", "1");
        Set("verbosity", "0");
        Set("max_depth", "6");
        Set("eta", "0.1");
        Set("tree_method", "hist");
        Set("max_bin", "255");
        var update = (delegate* unmanaged<nint, int, nint, int>)Export("XGBoosterUpdateOneIter");
        for (int i = 0; i < trees; i++)
        {
            Check(update(booster, i, matrix));
        }

        Check(((delegate* unmanaged<nint, int>)Export("XGDMatrixFree"))(matrix));
    }

    /// <summary>Trains a model; null if there is no library.</summary>
    public static TreeXgboost? Train(ReadOnlySpan<float> rows, ReadOnlySpan<float> labels, int features, int trees) =>
        NativeLibrary.TryLoad("libxgboost.so.0", out nint library) || NativeLibrary.TryLoad("libxgboost.so", out library)
            ? new TreeXgboost(library, rows, labels, features, trees)
            : null;

    /// <summary>The model, as this library reads it.</summary>
    public TreeEnsemble Export()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".json");
        try
        {
            fixed (byte* name = Utf8(path))
            {
                Check(((delegate* unmanaged<nint, byte*, int>)Export("XGBoosterSaveModel"))(_booster, name));
            }

            return XgboostModelReader.Read(File.ReadAllBytes(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Scores rows that lie one after another, by <c>XGBoosterPredictFromDense</c>.</summary>
    public void Score(ReadOnlySpan<float> rows, int features, Span<float> scores)
    {
        fixed (float* data = rows)
        fixed (byte* configuration = _configuration)
        fixed (byte* array = Utf8(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"data":[{{(long)data}},true],"shape":[{{scores.Length}},{{features}}],"typestr":"<f4","version":3}""")))
        {
            ulong* shape;
            ulong dimensions;
            float* result;
            Check(((delegate* unmanaged<nint, byte*, byte*, nint, ulong**, ulong*, float**, int>)Export("XGBoosterPredictFromDense"))(
                _booster, array, configuration, 0, &shape, &dimensions, &result));
            new ReadOnlySpan<float>(result, scores.Length).CopyTo(scores);
        }
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text + "\0");

    private void Set(string name, string value)
    {
        fixed (byte* first = Utf8(name), second = Utf8(value))
        {
            Check(((delegate* unmanaged<nint, byte*, byte*, int>)Export("XGBoosterSetParam"))(_booster, first, second));
        }
    }

    private nint Export(string name) => NativeLibrary.GetExport(_library, name);

    private void Check(int result)
    {
        if (result != 0)
        {
            var last = (delegate* unmanaged<byte*>)Export("XGBGetLastError");
            throw new InvalidOperationException($"XGBoost: {Marshal.PtrToStringUTF8((nint)last())}");
        }
    }
}
