using FsCheck;
using FsCheck.Fluent;

namespace PixelPipeline.Tests;

/// <summary>A sentence that holds for every value; a failure names the smallest counter-example and its seed.</summary>
internal static class Law
{
    public static void Holds<T>(int tries, Func<T, bool> law) => Try(tries, Prop.ForAll(law));

    public static void HoldsForTexts(int tries, Func<string, bool> law) => Try(tries, Prop.ForAll<string?>(text => law(text ?? "")));

    public static void HoldsForTexts(int tries, Func<string, string, bool> law) =>
        Try(tries, Prop.ForAll<string?, string?>((a, b) => law(a ?? "", b ?? "")));

    private static void Try(int tries, Property property) => FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(tries), property);
}
