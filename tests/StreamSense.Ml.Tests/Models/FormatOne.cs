namespace StreamSense.Ml.Tests.Models;

/// <summary>Files of format 1, as they were written first.</summary>
internal static class FormatOne
{
    public const string Linear = "";
}
