using PixelPipeline.LocalBigQuery.Sql;
using PixelPipeline.LocalBigQuery.Sql.Functions;

namespace PixelPipeline.LocalBigQuery.Tests.Sql;

/// <summary>What RE2 gives where .NET's engine by itself gives something else.</summary>
internal sealed class Re2PatternTests
{
    [TestCase("a😀b", "[^a-z]", "_", "a_b")]
    [TestCase("a😀b", @"\W", "_", "a_b")]
    [TestCase("1😀 2", @"\D", "_", "1__2")]
    [TestCase("a😀 b", @"\S", "_", "__ _")]
    [TestCase("a😀b", "[^-a]", "_", "a__")]
    [TestCase("a-😀b", "[^a-]+", "_", "a-_")]
    [TestCase("a-]b", "[^]a-]", "_", "a-]_")]
    [TestCase("a-]b", "[]a-]", "_", "___b")]
    [TestCase("a^[b", "[[^]", "_", "a__b")]
    [TestCase("😀\uFFFD", "[é-\uFFFD]", "_", "😀_")] // the range has the surrogates in it
    [TestCase("😀", "", "-", "-😀-")]
    [TestCase("a😀", "x*", "-", "-a-😀-")]
    [TestCase("abc", "b*", "-", "-a-c-")] // the empty match at the end of another does not count
    [TestCase("😀😀a", "😀+", "_", "_a")]
    [TestCase("😀a", "😀?a", "_", "_")]
    [TestCase("ab", "(?P<x>a)(b)", @"\1-\2", "a-b")]
    [TestCase("ab", "(a)(?P<x>b)", @"\2-\1", "b-a")]
    [TestCase("aAb", "(?i:A)", "_", "__b")]
    [TestCase("a😀b", "a(.)b", @"[\1]", "[😀]")]
    public void Replace_AnyText_IsAsRe2HasIt(string text, string pattern, string with, string expected) =>
        Assert.That(Re2Pattern.Replace(text, pattern, with), Is.EqualTo(expected));

    [TestCase("😀x", "^[^a]", "😀")]
    [TestCase("x😀", "[^a]$", "😀")]
    [TestCase("ab", "a(?P<last>b)", "b")]
    public void Extract_AnyText_IsAsRe2HasIt(string text, string pattern, string expected) =>
        Assert.That(Re2Pattern.Extract(text, pattern), Is.EqualTo(expected));

    [TestCase("😀", @"^\S$")]
    [TestCase("😀", @"^[^a]$")]
    [TestCase("-", @"^[a\-z]$")]
    [TestCase("_", @"^\_$")]
    public void Match_AnyText_IsAsRe2HasIt(string text, string pattern) => Assert.That(Re2Pattern.Get(pattern).IsMatch(text));

    [TestCase("[😀]", "characters beyond U+FFFF in brackets")]
    [TestCase("[^a😀]", "characters beyond U+FFFF in brackets")]
    [TestCase(@"[\S]", @"\S is not supported")]
    [TestCase(@"\é", @"\é is not supported")]
    [TestCase("(?P<x>a)(?P<x>b)", "duplicate group name x")]
    [TestCase("(?P<a-b>a)", "(?P is not supported")]
    [TestCase("(?<=a)b", "(?< is not supported")]
    [TestCase("(?is)a", "(?i is not supported")] // . and $ mean something else then
    [TestCase("(?", "(? is not supported")]
    [TestCase("[a", "missing ]")]
    [TestCase("[", "missing ]")]
    [TestCase("[[:alpha:]]", "POSIX")]
    public void Pattern_NotOffered_IsRefused(string pattern, string why) =>
        Assert.That(() => Re2Pattern.Get(pattern), Throws.TypeOf<GoogleSqlException>().With.Message.Contains(why));
}
