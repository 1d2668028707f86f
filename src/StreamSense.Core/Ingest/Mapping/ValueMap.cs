using System.Text;

namespace StreamSense.Core.Ingest.Mapping;

/// <summary>What stands for a text of a source.</summary>
/// <remarks>Immutable; looking up allocates nothing.</remarks>
/// <typeparam name="T">What stands for it.</typeparam>
internal sealed class ValueMap<T>
{
    private const int MaxKey = 512;

    private readonly Dictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> _byText;

    public ValueMap(IEnumerable<KeyValuePair<string, T>> pairs) =>
        _byText = new Dictionary<string, T>(pairs, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public bool TryFind(ReadOnlySpan<byte> text, out T? value)
    {
        value = default;
        Span<char> letters = stackalloc char[MaxKey];
        return Encoding.UTF8.TryGetChars(text, letters, out int length) && _byText.TryGetValue(letters[..length], out value);
    }
}
