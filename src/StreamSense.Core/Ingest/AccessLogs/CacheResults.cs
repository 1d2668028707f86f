using System.Buffers;
using System.Text;

namespace StreamSense.Core.Ingest.AccessLogs;

/// <summary>What a cache calls its answers, as the four results of the schema.</summary>
/// <remarks>
/// Of CloudFront (<c>RefreshHit</c>), nginx (<c>REVALIDATED</c>), Squid (<c>TCP_HIT</c>) and the W3C draft (<c>0</c>, <c>1</c>).
/// </remarks>
internal static class CacheResults
{
    private const int MaxLength = 64;

    private static readonly SearchValues<string> _errors = Tokens("error", "exceeded", "denied", "abort", "blocked");
    private static readonly SearchValues<string> _hits = Tokens("hit", "stale", "updating", "revalidated");
    private static readonly SearchValues<string> _misses = Tokens("miss", "expired", "refresh");
    private static readonly SearchValues<string> _passes = Tokens("pass", "bypass", "dynamic", "redirect", "generated", "tunnel");

    /// <summary>The result; empty if the word says none of them.</summary>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> word)
    {
        Span<char> text = stackalloc char[MaxLength];
        int length = Encoding.Latin1.GetChars(word[..Math.Min(word.Length, MaxLength)], text);
        ReadOnlySpan<char> letters = text[..length];
        return letters switch
        {
            "0" => "miss"u8,
            "1" => "hit"u8,
            _ when letters.ContainsAny(_errors) => "error"u8,
            _ when letters.ContainsAny(_hits) => "hit"u8,
            _ when letters.ContainsAny(_misses) => "miss"u8,
            _ when letters.ContainsAny(_passes) => "pass"u8,
            _ => default,
        };
    }

    private static SearchValues<string> Tokens(params ReadOnlySpan<string> tokens) =>
        SearchValues.Create(tokens, StringComparison.OrdinalIgnoreCase);
}
