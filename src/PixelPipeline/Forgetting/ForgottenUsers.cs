namespace PixelPipeline.Forgetting;

/// <summary>
/// The users who are not to come back by an import, a replay or a redelivery. A hit that comes in live is not held to it:
/// whoever sends one is there again. Safe for concurrent use.
/// </summary>
public sealed class ForgottenUsers
{
    private readonly (byte[] Key, HashSet<string> Hashes)[] _lists;

    /// <summary>Takes the lines of a forget list.</summary>
    /// <param name="list">They may have several keys; each costs a hash for each question.</param>
    public ForgottenUsers(IEnumerable<ForgottenUser> list) => _lists =
    [
        .. list.GroupBy(line => Convert.ToHexString(line.Key.Span))
            .Select(lines => (Convert.FromHexString(lines.Key), lines.Select(l => Convert.ToHexString(l.Hash.Span)).ToHashSet())),
    ];

    /// <summary>A list that nobody is on.</summary>
    public static ForgottenUsers None { get; } = new([]);

    /// <summary>Whether nobody is on it.</summary>
    public bool IsEmpty => _lists.Length == 0;

    /// <summary>Whether a user is on it.</summary>
    /// <param name="user">The user id as rows have it.</param>
    public bool Contains(string user)
    {
        foreach (var (key, hashes) in _lists)
        {
            if (hashes.Contains(Convert.ToHexString(ForgottenUser.HashOf(user, key))))
            {
                return true;
            }
        }

        return false;
    }
}
