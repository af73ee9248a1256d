using System.Collections.Immutable;
using System.Text;

namespace PixelPipeline.Signing;

/// <summary>A key for signatures, known by an id that stands in each of them.</summary>
public sealed class SigningKey
{
    /// <summary>A list of keys as a setting has them: <c>id:secret</c>, with commas between.</summary>
    public const string ListPattern = "[a-z0-9]{1,16}:[!-+--9;-~]{16,200}(,[a-z0-9]{1,16}:[!-+--9;-~]{16,200}){0,3}";

    private SigningKey(string id, string secret) => (Id, Secret) = (id, ImmutableArray.Create(Encoding.UTF8.GetBytes(secret)));

    /// <summary>1 to 16 lower-case letters and digits.</summary>
    public string Id { get; }

    /// <summary>Kept from everybody but those who sign.</summary>
    internal ImmutableArray<byte> Secret { get; }

    /// <summary>Reads a list that fits <see cref="ListPattern"/>; the first key signs, all of them are valid.</summary>
    public static ImmutableArray<SigningKey> ReadList(string list)
    {
        ArgumentNullException.ThrowIfNull(list);
        return [.. list.Split(',').Select(k => k.Split(':', 2)).Select(k => new SigningKey(k[0], k[1]))];
    }
}
