using System.Globalization;

namespace PixelPipeline.Cli.Options;

/// <summary>A time as people type it: <c>500ms</c>, <c>2s</c>, <c>1m</c>, or <c>2</c> for seconds.</summary>
internal readonly record struct ShortTime(TimeSpan Time)
{
    private const double Most = 10_000; // of any unit

    private static readonly (string Name, TimeSpan Length)[] Units =
        [("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1))];

    public static bool TryParse(string text, out ShortTime time)
    {
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        var unit = Array.Find(Units, u => u.Name == text[digits..]).Length;
        var isTime = double.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number <= Most && unit > TimeSpan.Zero;
        time = isTime ? new(unit * number) : default;
        return isTime;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Time.TotalSeconds}s");
}
