using System.Globalization;
using PixelPipeline.Tables;

namespace PixelPipeline.Privacy;

/// <summary>Whom a request is about.</summary>
/// <param name="Id">The user id as rows have it, such as <c>507f1f77bcf86cd799439011</c>; not empty.</param>
public sealed record Person(string Id)
{
    /// <summary>The id as the names of tables spell it.</summary>
    public string Spelling { get; } = SuffixPattern.Spell(Id);

    /// <summary>The id as a number, where it is one: that is how a column of type INTEGER has it.</summary>
    internal long? Number => long.TryParse(Id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Whether any of these names is the person's.</summary>
    public bool IsAmong(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == Id)
            {
                return true;
            }
        }

        return false;
    }
}
