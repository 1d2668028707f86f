namespace StreamSense.Ml.Training.Interactions;

/// <summary>What models of several kinds check and fall back to.</summary>
internal static class ModelParts
{
    /// <summary>Refuses a number that is not finite.</summary>
    public static void CheckFinite(ReadOnlySpan<float> values, string parameter)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
            {
                throw new ArgumentException("A number of the model is not finite.", parameter);
            }
        }
    }

    /// <summary>Refuses an array of another length than its shape says.</summary>
    public static void CheckLength(int length, long expected, string parameter)
    {
        if (length != expected)
        {
            throw new ArgumentException($"There are {length} numbers where the shape of the model asks for {expected}.", parameter);
        }
    }

    /// <summary>How often each item was taken, as a share of the most taken one: what is left to say of somebody without a
    /// history.</summary>
    public static float[] PopularityOf(InteractionMatrix data)
    {
        var result = new float[data.Items];
        int most = 1;
        for (int item = 0; item < data.Items; item++)
        {
            most = Math.Max(most, data.UsersOf(item).Length);
        }

        for (int item = 0; item < data.Items; item++)
        {
            result[item] = (float)data.UsersOf(item).Length / most;
        }

        return result;
    }

    /// <summary>Checks how many threads are asked for.</summary>
    public static void CheckThreads(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, 1024);
    }

    /// <summary>Checks a number that is chosen from the data where it is null, and otherwise is positive and finite.</summary>
    public static void CheckPositive(double? value, string name)
    {
        if (value is { } given && !(given > 0 && double.IsFinite(given)))
        {
            throw new ArgumentOutOfRangeException(name, given, "It is positive and finite.");
        }
    }
}
