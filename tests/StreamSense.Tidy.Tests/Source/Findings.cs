namespace StreamSense.Tidy.Tests.Source;

/// <summary>Says what breaks a rule, a line each.</summary>
internal static class Findings
{
    /// <summary>Fails with every finding if there is one.</summary>
    public static void MustBeNone(this IEnumerable<string> findings, string rule)
    {
        string[] all = [.. findings];
        if (all.Length > 0)
        {
            Assert.Fail($"{rule} ({all.Length} found)\n  {string.Join("\n  ", all)}");
        }
    }
}
