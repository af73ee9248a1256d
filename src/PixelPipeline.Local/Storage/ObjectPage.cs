using System.Buffers.Text;
using System.Text;

namespace PixelPipeline.Local.Storage;

/// <summary>One page of a bucket's list, by name. However many objects there are, one page is in memory.</summary>
/// <param name="Objects">What is on it.</param>
/// <param name="NextToken">Leads to the next page; null on the last.</param>
internal sealed record ObjectPage(IReadOnlyCollection<BucketObject> Objects, string? NextToken)
{
    private static readonly Comparer<BucketObject> ByName = Comparer<BucketObject>.Create((a, b) => string.CompareOrdinal(a.Name.Text, b.Name.Text));

    /// <summary>Reads a page.</summary>
    /// <param name="objects">All objects, in any order.</param>
    /// <param name="prefix">How names have to begin; may be empty.</param>
    /// <param name="token">That of the page before; empty for the first.</param>
    /// <param name="size">How many objects at most, 1 or more.</param>
    /// <exception cref="StorageException">400: the token is not one that a page gave.</exception>
    public static ObjectPage Read(IEnumerable<BucketObject> objects, string prefix, string token, int size)
    {
        var after = After(token);
        var first = new SortedSet<BucketObject>(ByName);
        foreach (var found in objects.Where(o => o.Name.Text.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(o.Name.Text, after) > 0))
        {
            first.Add(found);
            if (first.Count > size + 1)
            {
                first.Remove(first.Max!);
            }
        }

        if (first.Count <= size)
        {
            return new ObjectPage(first, NextToken: null);
        }

        first.Remove(first.Max!);
        return new ObjectPage(first, Base64Url.EncodeToString(Encoding.UTF8.GetBytes(first.Max!.Name.Text)));
    }

    private static string After(string token) =>
        Base64Url.IsValid(token) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)) : throw StorageException.Invalid("Invalid page token.");
}
