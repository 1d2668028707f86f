namespace StreamSense.Throughput.Measuring;

/// <summary>One measured number.</summary>
/// <param name="Name">Its name in the result file, in camelCase.</param>
/// <param name="Heading">Its column in the table, with the unit.</param>
/// <param name="Value">The number.</param>
/// <param name="Digits">How many digits behind the point mean something.</param>
public sealed record Figure(string Name, string Heading, double Value, int Digits)
{
    /// <summary>The name of the least of all rounds.</summary>
    public const string Lowest = "lowest";

    /// <summary>The name of the greatest of all rounds.</summary>
    public const string Highest = "highest";
}
