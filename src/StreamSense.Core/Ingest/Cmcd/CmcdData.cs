using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>The keys of one CMCD record and their values, in the order of the alphabet.</summary>
/// <remarks>Not thread-safe. For tools, tests and encoders; the door reads records without making these.</remarks>
public sealed class CmcdData : IReadOnlyCollection<KeyValuePair<string, CmcdItem>>
{
    private readonly SortedDictionary<string, CmcdItem> _items = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public int Count => _items.Count;

    /// <summary>The version: what <c>v</c> says, else 1.</summary>
    public int Version => TryGet("v", out CmcdItem? version) && version.Number is >= 1 and <= int.MaxValue ? (int)version.Number : 1;

    /// <summary>The value of a key.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="KeyNotFoundException">There is no such key.</exception>
    public CmcdItem this[string key] => _items[key];

    /// <summary>Sets a key; of a key set twice the last value counts.</summary>
    /// <param name="key">The key: small letters, digits, <c>_ - . *</c>.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The same object.</returns>
    /// <exception cref="ArgumentException">The key is none of a structured field.</exception>
    public CmcdData Set(string key, CmcdItem value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(value);
        var reader = new CmcdReader(Encoding.UTF8.GetBytes(key));
        if (!reader.TryReadMember(out ReadOnlySpan<byte> whole, out _) || whole.Length != key.Length)
        {
            throw new ArgumentException("The text is no key of a structured field.", nameof(key));
        }

        _items[key] = value;
        return this;
    }

    /// <summary>Finds a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value.</param>
    /// <returns>Whether there is such a key.</returns>
    public bool TryGet(string key, [MaybeNullWhen(false)] out CmcdItem value) => _items.TryGetValue(key, out value);

    /// <summary>Takes a key out.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Whether there was such a key.</returns>
    public bool Remove(string key) => _items.Remove(key);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, CmcdItem>> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The record as RFC 8941 writes it, as it is: nothing rounded, nothing left out.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach ((string key, CmcdItem item) in _items)
        {
            CmcdText.WriteMember(text.Length > 0 ? text.Append(',') : text, key, item);
        }

        return text.ToString();
    }
}
