using System.Security.Cryptography;
using System.Text;

namespace PixelPipeline.Functions.Collecting;

/// <summary>The keys that clients show, known by name and SHA-256 only.</summary>
internal sealed class CollectorKeys
{
    private readonly List<(string Name, byte[] Hash)> _keys = [];

    private CollectorKeys()
    {
    }

    /// <summary>True where no key is asked for.</summary>
    public bool IsOpen => _keys.Count == 0;

    /// <summary>Reads <c>name=hex,name=hex</c>.</summary>
    /// <exception cref="FormatException">It is not of this form, or a name is there twice.</exception>
    public static CollectorKeys Parse(string text)
    {
        var keys = new CollectorKeys();
        foreach (var pair in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            keys.Add(pair);
        }

        return keys;
    }

    /// <summary>The name of a key; null where there is no such key. Takes as long for any key of the same length.</summary>
    public string? NameOf(string key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        string? found = null;
        foreach (var (name, known) in _keys)
        {
            found = CryptographicOperations.FixedTimeEquals(hash, known) ? name : found;
        }

        return found;
    }

    private void Add(string pair)
    {
        var parts = pair.Split('=');
        var isName = parts[0].Length is > 0 and <= 64 && parts[0].All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
        if (parts.Length != 2 || !isName || parts[1].Length != 64 || !parts[1].All(char.IsAsciiHexDigit) || _keys.Any(k => k.Name == parts[0]))
        {
            throw new FormatException("Setting Collect__Keys is not name=SHA-256 of the key in hex, commas between, each name once.");
        }

        _keys.Add((parts[0], Convert.FromHexString(parts[1])));
    }
}
