using System.Globalization;
using System.Text.RegularExpressions;

namespace PixelPipeline.Settings;

/// <summary>The kinds of settings there are.</summary>
internal static class SettingKinds
{
    /// <summary>Text that a pattern describes as a whole.</summary>
    public static Setting<string> Text(string name, string? unlessSet, string pattern, string rule, string meaning)
    {
        var whole = new Regex($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant);
        return new(name, unlessSet, meaning, rule, (string text, out string value) => whole.IsMatch(value = text));
    }

    /// <summary>A whole number.</summary>
    public static Setting<int> Number(string name, int unlessSet, int least, int most, string meaning)
    {
        var text = unlessSet.ToString(CultureInfo.InvariantCulture);
        return new(name, text, meaning, FormattableString.Invariant($"must be {least} to {most}"), Read);

        bool Read(string digits, out int value) =>
            int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= least && value <= most;
    }

    /// <summary>True or false, in any case.</summary>
    public static Setting<bool> Truth(string name, bool unlessSet, string meaning) =>
        new(name, unlessSet ? "true" : "false", meaning, "must be true or false", bool.TryParse);

    /// <summary>One of the names of an enumeration, in any case.</summary>
    public static Setting<T> Choice<T>(string name, T unlessSet, string meaning)
        where T : struct, Enum
    {
        string[] names = Array.ConvertAll(Enum.GetNames<T>(), n => n.ToLowerInvariant()); // in order of their values
        var rule = $"must be {string.Join(", ", names[..^1])} or {names[^1]}";
        return new(name, unlessSet.ToString().ToLowerInvariant(), meaning, rule, Read);

        bool Read(string text, out T value)
        {
            var place = Array.FindIndex(names, n => n.Equals(text, StringComparison.OrdinalIgnoreCase));
            value = place < 0 ? default : Enum.GetValues<T>()[place];
            return place >= 0;
        }
    }
}
