internal static class Contract
{
    public static Exception Only() =>
        new NotSupportedException("This is a declaration for building and testing; the genuine package is needed to run.");
}
